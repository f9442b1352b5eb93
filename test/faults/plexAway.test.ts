import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../simulator/plex/faults.ts';
import type { Settings } from '../../src/core/settings/table.ts';
import { openWorld, type World } from '../world/world.ts';
import {
  editAll,
  liveFor,
  openSynced,
  probeAt,
  titled,
  titleOf,
  titlesIn,
  workInBatches,
} from './syncedWorld.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FILES = 12;

let world: World;
afterEach(() => world.close());

const all = (rule: Omit<FaultRule, 'count'>): FaultRule => ({ ...rule, count: Number.POSITIVE_INFINITY });
interface Outage {
  readonly name: string;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
  readonly reason: RegExp;
  readonly settings?: Partial<Settings>;
  /** How long five unreachable in a row take; default 15 s. */
  readonly forMs?: number;
}

const answering = (name: string, rule: Omit<FaultRule, 'count'>, reason: RegExp): Outage => ({
  name,
  begin: () => void world.plex.faults.add(all(rule)),
  end: () => world.plex.faults.clear(),
  reason,
});

const outages: readonly Outage[] = [
  {
    name: 'refuses connections',
    begin: () => world.plex.goDown(),
    end: () => world.plex.comeBack(),
    reason: /^Plex refused the connection \(ECONNREFUSED\): GET /,
  },
  answering('resets connections', { fault: 'reset' }, /^Plex closed the connection unanswered/),
  {
    ...answering('takes requests and says nothing', { fault: 'never' }, /^Plex sent nothing for 1 s: GET /),
    settings: { read_timeout: 1 },
  },
  answering('is behind a proxy that answers 502', { fault: 'status', argument: 502 }, /^Plex answered 502 /),
  answering('answers 503', { fault: 'status', argument: 503 }, /^Plex answered 503 /),
  answering('is behind a proxy that answers 504', { fault: 'status', argument: 504 }, /^Plex answered 504 /),
  {
    ...answering('answers 429', { fault: 'too-many', argument: 20 }, /^Plex answered 429 /),
    forMs: 2 * MINUTE_MS,
  },
  answering('is starting', { fault: 'maintenance' }, /^Plex is not ready: .* startup maintenance tasks/),
];

describe.each(outages)('a Plex that $name', ({ begin, end, reason, settings = {}, forMs = 15_000 }) => {
  test('costs no job and no attempt, opens the breaker, and gets everything when it is back', async () => {
    world = await openSynced({ files: FILES, settings });
    await begin();
    await editAll(world, 'During');
    await liveFor(world, forMs);

    const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
    expect(jobs).toHaveLength(FILES);
    expect(new Set(jobs.map((job) => job.attempt))).toEqual(new Set([0]));
    const { breakers, queue } = await world.operations.status();
    expect(queue).toMatchObject({ running: 0, waiting: 0, dead: 0 });
    expect(breakers.plex).toMatchObject({ state: 'open', reason: expect.stringMatching(reason) });
    expect(breakers.stash).toMatchObject({ state: 'closed' });

    await end();
    await liveFor(world, (await probeAt(world, 'plex')) - world.clock.now() + 3_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(await world.operations.status()).toMatchObject({
      queue: { pending: 0, dead: 0 },
      breakers: { plex: { state: 'closed', failuresInRow: 0 } },
    });
    world.plex.log.assertHarmless();
  });
});

describe('an outage of an hour', () => {
  test('meets five requests and then only probes, which come less and less often', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add(all({ fault: 'status', argument: 502 }));
    await editAll(world, 'During');
    await liveFor(world, HOUR_MS);

    const [asked, probes] = [world.plex.log.requests.slice(0, 5), world.plex.log.requests.slice(5)];
    expect(asked.every((request) => request.kind !== 'identity')).toBe(true);
    expect(probes.every((request) => request.kind === 'identity')).toBe(true);
    const gaps = probes.slice(1).map((probe, index) => probe.at - (probes[index]?.at ?? 0));
    // Half of the open time is jitter, and this world draws the middle: three quarters of 10, 20 … 300 s.
    expect(gaps.slice(0, 6)).toEqual([8_000, 15_000, 30_000, 60_000, 120_000, 225_000]);
    expect(new Set(gaps.slice(5))).toEqual(new Set([225_000]));
    expect(probes.length).toBeLessThan(25);
  });

  test('is forgotten within five minutes, job by job, then in ever larger batches', async () => {
    world = await openSynced({ files: FILES });
    await world.plex.goDown();
    await editAll(world, 'During');
    await liveFor(world, HOUR_MS);
    await world.plex.comeBack();
    world.plex.log.clear();

    world.clock.advance((await probeAt(world, 'plex')) - world.clock.now());
    expect(await workInBatches(world)).toEqual([1, 2, 4, 5]);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(world.plex.log.maxConcurrentWrites()).toBeLessThanOrEqual(2);
    expect(world.plex.log.counts()).toMatchObject({ identity: 1, edits: FILES });
  });

  test('of maintenance, after Plex was started anew, is met by probes and followed by a ramp just the same', async () => {
    world = await openSynced({ files: FILES });
    await world.plex.goDown();
    await editAll(world, 'During');
    await liveFor(world, 30_000);
    await world.plex.comeBack({ maintenanceMs: HOUR_MS });
    world.plex.log.clear();
    await liveFor(world, HOUR_MS - 1_000);
    expect(new Set(world.plex.log.requests.map(({ kind, status }) => `${kind} ${status}`))).toEqual(
      new Set(['identity 503']),
    );
    expect(world.plex.log.requests.length).toBeLessThan(25);
    world.plex.log.clear();

    world.clock.advance((await probeAt(world, 'plex')) - world.clock.now());
    expect(await workInBatches(world)).toEqual([1, 2, 4, 5]);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(world.plex.log.inFlight.atMost).toBeLessThanOrEqual(2);
  });

  test('goes on being known after a restart, which asks nothing before the probe is due', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add(all({ fault: 'status', argument: 503 }));
    await editAll(world, 'During');
    await liveFor(world, 10 * MINUTE_MS);
    const before = (await world.operations.status()).breakers.plex;
    const dueAt = await probeAt(world, 'plex');

    await world.restart();
    world.plex.log.clear();
    expect((await world.operations.status()).breakers.plex).toEqual(before);
    await liveFor(world, dueAt - world.clock.now() - 1_000);
    expect(world.plex.log.requests).toEqual([]);

    world.plex.faults.clear();
    await liveFor(world, 5_000);
    expect(world.plex.log.requests[0]).toMatchObject({ kind: 'identity', at: dueAt });
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
  });

  test('is told once when it begins and once when it ends', async () => {
    world = await openSynced({ files: FILES });
    await world.plex.goDown();
    await editAll(world, 'During');
    await liveFor(world, HOUR_MS);
    await world.plex.comeBack();
    await liveFor(world, 6 * MINUTE_MS);
    const told = world.log.lines.map((line): unknown => JSON.parse(line)).filter(isAboutOutage);
    expect(told).toMatchObject([
      { msg: 'server unreachable: jobs are kept until it answers', peer: 'plex' },
      { msg: 'server answers again', peer: 'plex' },
    ]);
  });
});

const isAboutOutage = (line: unknown): boolean =>
  typeof line === 'object' && line !== null && 'msg' in line && String(line.msg).startsWith('server ');

describe('a Plex that asks for time', () => {
  test('is not asked for these scenes before it said', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add(all({ fault: 'too-many', argument: 120 }));
    await editAll(world, 'During');
    const askedAt = world.clock.now();
    await world.work();
    expect(world.plex.log.requests).toHaveLength(1);
    const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
    expect(new Set(jobs.map((job) => job.dueAt))).toEqual(new Set([askedAt + 120_000]));
  });

  test('is not even probed before it said, but after five minutes at the latest', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add(all({ fault: 'too-many', argument: 3_600 }));
    for (let number = 1; number <= 5; number++) await editAndWork(number);
    expect((await world.operations.status()).breakers.plex).toMatchObject({
      state: 'open',
      probeAt: world.clock.now() + 5 * MINUTE_MS,
    });
    world.plex.log.clear();
    await liveFor(world, 5 * MINUTE_MS - 1_000);
    expect(world.plex.log.requests).toEqual([]);
    world.plex.faults.clear();
    await liveFor(world, 2_000);
    expect(titleOf(world, 5)).toBe('During 5');
  });
});

/** One by one, so that each is a request of its own. */
async function editAndWork(number: number): Promise<void> {
  await world.edit(number, { title: `During ${number}` });
  await world.work();
}

test('a Plex that is away when PlexSync first starts is met like any other time', async () => {
  world = await openWorld({ files: FILES });
  await world.plex.goDown();
  await editAll(world, 'First');
  await liveFor(world, MINUTE_MS);
  expect((await world.operations.status()).breakers.plex.state).toBe('open');
  await world.plex.comeBack({ maintenanceMs: 20_000 });
  await liveFor(world, 3 * MINUTE_MS);
  expect(titlesIn(world)).toEqual(titled(world, 'First'));
});

test('Plex going away in the middle of a batch leaves what was not tried for later', async () => {
  world = await openSynced({ files: FILES });
  await editAll(world, 'Batch');
  world.plex.faults.add({ fault: 'reset', method: 'PUT', nth: 5, count: 1 });
  await world.engine.worker.tick();
  const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
  // Of the two that went together the other was taken.
  expect(jobs).toHaveLength(FILES - 5);
  expect(jobs.every((job) => job.attempt === 0)).toBe(true);
  await liveFor(world, 30_000);
  expect(titlesIn(world)).toEqual(titled(world, 'Batch'));
  world.plex.log.assertHarmless();
});

test('a Plex that answers and cannot list its library is asked twice a minute, and burns no attempt', async () => {
  world = await openWorld({ files: FILES });
  const url = /\/library\/sections\/\d+\/all/;
  world.plex.faults.add(all({ fault: 'status', argument: 500, method: 'GET', url }));
  await editAll(world, 'First');
  await liveFor(world, 10 * MINUTE_MS);
  // The worker and the poll, twice a minute each: the libraries, and the first page of one.
  expect(world.plex.log.counts().index).toBeLessThanOrEqual(10 * 2 * 2 * 2);
  const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
  expect(jobs.map((job) => job.attempt)).toEqual(Array.from({ length: FILES }, () => 0));
  world.plex.faults.clear();
  await liveFor(world, MINUTE_MS);
  expect(titlesIn(world)).toEqual(titled(world, 'First'));
});
