import { describe, expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../../src/core/notify/alert.ts';
import { fail, succeed } from '../../src/core/result.ts';
import { Notifier } from '../../src/engine/notifier.ts';
import type { WebhookFailure } from '../../src/engine/webhook.ts';
import { openWorld, type World, type WorldOptions } from '../world/world.ts';

const MINUTE = 60_000;

interface Notified {
  readonly world: World;
  /** Of what was sent, in order. */
  readonly events: readonly Alert['event'][];
  readonly alerts: readonly Alert[];
  /** How the webhook answers from now on; null: it takes everything. */
  failWith(failure: WebhookFailure | null): void;
  /** Rounds for so long, each a quarter of a minute. */
  pass(minutes: number): Promise<void>;
  /** Another process takes over. */
  restart(): Promise<void>;
}

async function open(options: WorldOptions = {}): Promise<Notified> {
  const world = await openWorld(options);
  onTestFinished(() => world.close());
  const alerts: Alert[] = [];
  let failure: WebhookFailure | null = null;
  const start = (): Notifier =>
    new Notifier(world.engine, (alert) => {
      if (failure !== null) return Promise.resolve(fail(failure));
      alerts.push(alert);
      return Promise.resolve(succeed(undefined));
    });
  let notifier = start();
  await notifier.round();
  world.clock.advance(1_000);
  return {
    world,
    alerts,
    get events() {
      return alerts.map(({ event }) => event);
    },
    failWith: (next) => {
      failure = next;
    },
    pass: async (minutes) => {
      for (let ms = 0; ms < minutes * MINUTE; ms += 15_000) {
        world.clock.advance(15_000);
        await notifier.round();
      }
    },
    restart: async () => {
      await world.restart();
      notifier = start();
    },
  };
}

async function cutPlex({ plex, engine }: World): Promise<void> {
  plex.faults.add({ fault: 'reset', count: Number.POSITIVE_INFINITY });
  for (let times = 0; times < 5; times++) await engine.plex.identity();
}

async function mendPlex({ plex, engine }: World): Promise<void> {
  plex.faults.clear();
  await engine.plex.identity();
}

describe('an outage', () => {
  test('is told after notify_after, and its end, once each, over a restart of PlexSync', async () => {
    const notified = await open({ settings: { notify_after: 5 } });
    const { world, pass } = notified;
    await cutPlex(world);
    await pass(4);
    expect(notified.events).toEqual([]);
    await pass(2);
    await notified.restart();
    await pass(30);
    expect(notified.events).toEqual(['outage']);
    await mendPlex(world);
    await pass(1);
    await notified.restart();
    await pass(5);
    expect(notified.events).toEqual(['outage', 'outage-over']);
  });
});

test('a refused token is told as something to correct, and when it is', async () => {
  const notified = await open();
  const { world, pass } = notified;
  world.plex.faults.add({ fault: 'status', argument: 401, count: Number.POSITIVE_INFINITY });
  await world.engine.plex.checkToken();
  await pass(11);
  await notified.restart();
  await pass(1);
  expect(notified.events).toEqual(['paused']);
  await mendPlex(world);
  await pass(1);
  expect(notified.events).toEqual(['paused', 'paused-over']);
});

test('a safety stop is told at once, with what to do, and without what it names', async () => {
  const notified = await open();
  const { world, pass } = notified;
  await world.engine.stop.engage({ kind: 'safety', reason: 'Library "A title": 9 of 10' });
  await pass(1);
  await notified.restart();
  await pass(1);
  expect(notified.alerts).toEqual([
    expect.objectContaining({ event: 'stopped', text: expect.stringContaining('plexsync resume') }),
  ]);
  expect(JSON.stringify(notified.alerts)).not.toContain('A title');
});

test('dead letters go together in one message, without a title or a path', async () => {
  const notified = await open({ files: 6, settings: { max_retries: 1 } });
  const { world, pass } = notified;
  await world.trigger(1);
  await world.work();
  world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT', count: 3 });
  for (const number of [2, 3, 4]) await world.edit(number, { title: `Title of ${number}` });
  await world.work();
  await pass(3);
  await notified.restart();
  await pass(30);
  expect(notified.alerts).toEqual([
    expect.objectContaining({
      event: 'dead-letters',
      title: 'PlexSync: 3 new dead letters',
      text: expect.stringContaining('Refused by Plex or Stash: 3'),
    }),
  ]);
  expect(JSON.stringify(notified.alerts)).not.toMatch(/Title of|\/media|\/data/);
});

describe('a webhook that does not take it', () => {
  const busy: WebhookFailure = { words: 'the webhook answered 503', isFinal: false };

  async function stopped(failure: WebhookFailure): Promise<Notified> {
    const notified = await open();
    notified.failWith(failure);
    await notified.world.engine.stop.engage({ kind: 'safety', reason: 'Why' });
    await notified.pass(1);
    return notified;
  }
  const warnings = ({ world }: Notified): readonly string[] =>
    world.log.lines.filter((line) => line.includes('notification') && line.includes('"level":"warn"'));

  test('is asked again, by the next process as well, and the log says it once', async () => {
    const notified = await stopped(busy);
    await notified.pass(4);
    expect(warnings(notified)).toHaveLength(1);
    await notified.restart();
    notified.failWith(null);
    await notified.pass(15);
    expect(notified.events).toEqual(['stopped']);
  });

  test('for good is asked no more', async () => {
    const notified = await stopped({ words: 'the webhook answered 404', isFinal: true });
    notified.failWith(null);
    await notified.pass(60);
    expect(notified.events).toEqual([]);
    expect(warnings(notified)).toHaveLength(1);
  });

  test('for an hour is given up', async () => {
    const notified = await stopped(busy);
    await notified.pass(60);
    notified.failWith(null);
    await notified.pass(60);
    expect(notified.events).toEqual([]);
  });
});

test('nothing is stored by a round that finds nothing new', async () => {
  const { world, pass } = await open();
  await pass(1);
  const before = await world.engine.store.meta.get('notifier');
  await pass(10);
  expect(await world.engine.store.meta.get('notifier')).toBe(before);
  expect(before).not.toBeNull();
});
