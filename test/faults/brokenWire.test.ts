import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { serveNames } from '../../simulator/wire/names.ts';
import type { WireTrouble } from '../../simulator/wire/troubles.ts';
import type { Peer } from '../../src/core/failure.ts';
import type { World } from '../world/world.ts';
import { editAll, liveFor, titled, titlesIn } from './syncedWorld.ts';
import { openWired, type WiredWorld } from './wiredWorld.ts';

const MINUTE_MS = 60_000;
const FILES = 8;

let wired: WiredWorld;
afterEach(() => wired.close());

/** How often each title that Plex has carried out was sent. */
function timesSent({ plex }: World): ReadonlySet<number> {
  const times = new Map<string, number>();
  for (const { kind, status, query } of plex.log.requests) {
    const title = query.find(([key]) => key === 'title.value')?.[1];
    if (kind !== 'edits' || status !== 200 || title === undefined) continue;
    times.set(title, (times.get(title) ?? 0) + 1);
  }
  return new Set(times.values());
}

const troubles: readonly WireTrouble[] = [
  { kind: 'refuse' },
  { kind: 'reset' },
  { kind: 'black-hole' },
  { kind: 'lag', ms: 30 },
  { kind: 'lag', ms: 300 },
  { kind: 'throttle', bytesPerSecond: 12_000 },
  { kind: 'cut-answer', within: 600 },
  { kind: 'reset-answer', within: 0 },
  { kind: 'reset-answer', within: 600 },
  { kind: 'reset-request', within: 600 },
  { kind: 'garbage', within: 0 },
  { kind: 'garbage', within: 600 },
];
const cases = (['plex', 'stash'] as const).flatMap((peer) =>
  troubles.map((trouble): [string, Peer, WireTrouble] => [
    `${trouble.kind} ${'within' in trouble ? trouble.within : 'ms' in trouble ? trouble.ms : ''} to ${peer}`,
    peer,
    trouble,
  ]),
);

describe.each(cases)('a network with %s', (_, peer, trouble) => {
  test('loses no edit, sends none twice, and makes no dead letter', async () => {
    wired = await openWired({ files: FILES });
    const { world, wires } = wired;
    await wires[peer].suffer(trouble);
    await editAll(world, 'During');
    await liveFor(world, 15_000);
    expect(wires[peer].hits).toBeGreaterThan(0);
    await wires[peer].suffer({ kind: 'none' });
    await liveFor(world, 3 * MINUTE_MS);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(timesSent(world)).toEqual(new Set([1]));
    expect(await world.operations.status()).toMatchObject({
      queue: { pending: 0, dead: 0 },
      breakers: { plex: { state: 'closed' }, stash: { state: 'closed' } },
      pauses: [],
    });
    world.plex.log.assertHarmless();
  });
});

describe('a slow Plex', () => {
  test.each([10, 100])('of %i ms a way is waited for: nothing counts as a failure', async (ms) => {
    wired = await openWired({ files: FILES, timeoutMs: 5_000 });
    const { world, wires } = wired;
    await wires.plex.suffer({ kind: 'lag', ms });
    await editAll(world, 'Slow');
    await world.work();
    expect(titlesIn(world)).toEqual(titled(world, 'Slow'));
    expect((await world.operations.status()).breakers.plex).toMatchObject({ failuresInRow: 0 });
    expect(world.plex.log.maxConcurrentWrites()).toBeLessThanOrEqual(2);
  });

  test('that answers after we have given up is asked by probes alone, and gets no edit twice', async () => {
    wired = await openWired({ files: FILES });
    const { world } = wired;
    // Carried out at once, answered too late.
    world.plex.faults.add({ fault: 'delay', argument: 1_200, count: Number.POSITIVE_INFINITY });
    await editAll(world, 'Too slow');
    await liveFor(world, 30_000);
    expect((await world.operations.status()).breakers.plex.state).toBe('open');
    const probes = world.plex.log.counts().identity;
    expect(world.plex.log.requests.length - probes).toBeLessThanOrEqual(5);
    world.plex.faults.clear();
    await liveFor(world, 2 * MINUTE_MS);
    expect(titlesIn(world)).toEqual(titled(world, 'Too slow'));
    expect(timesSent(world)).toEqual(new Set([1]));
  });
});

describe('a name server', () => {
  const names = serveNames();
  afterAll(() => names.stop());

  test.each(['ENOTFOUND', 'EAI_AGAIN'] as const)(
    'that fails (%s) is an outage like any other: probes only, and everything arrives once it answers',
    async (code) => {
      wired = await openWired({ files: FILES, hosts: { plex: 'plex.test', stash: 'stash.test' } });
      const { world, wires } = wired;
      for (const name of ['plex.test', 'stash.test']) names.fail(name, code);
      // Kept connections need no look-up.
      for (const wire of Object.values(wires)) wire.drop();
      await editAll(world, 'Nameless');
      const before = names.failed('plex.test') + names.failed('stash.test');
      await liveFor(world, 60 * MINUTE_MS);
      const { breakers, queue } = await world.operations.status();
      expect(breakers.stash).toMatchObject({
        state: 'open',
        reason: expect.stringMatching(`^The host of Stash has no address \\(${code}\\): POST `),
      });
      expect(queue).toMatchObject({ pending: FILES, dead: 0 });
      const tried = names.failed('plex.test') + names.failed('stash.test') - before;
      expect(tried).toBeGreaterThan(5);
      expect(tried).toBeLessThan(5 + 25);

      for (const name of ['plex.test', 'stash.test']) names.mend(name);
      await liveFor(world, 6 * MINUTE_MS);
      expect(titlesIn(world)).toEqual(titled(world, 'Nameless'));
      expect(timesSent(world)).toEqual(new Set([1]));
    },
  );
});

test('sockets of both servers are told when the network breaks, and open again through the same one', async () => {
  wired = await openWired({ files: FILES });
  const { world, wires } = wired;
  const heard: string[] = [];
  const listen = async (): Promise<string> => {
    const connected = Promise.withResolvers<void>();
    const ended = world.engine.notifications.listen((event) => {
      heard.push(event.kind);
      if (event.kind === 'connected') connected.resolve();
    }, new AbortController().signal);
    await connected.promise;
    wires.plex.drop();
    return (await ended).kind;
  };
  expect([await listen(), await listen()]).toEqual(['lost', 'lost']);
  expect(heard).toEqual(['connected', 'connected']);
  expect(wires.plex.requests.filter(({ isWebSocket }) => isWebSocket)).toHaveLength(2);
});
