import { afterEach, describe, expect, test } from 'vitest';
import type { FaultName } from '../../simulator/stash/faults.ts';
import type { Settings } from '../../src/core/settings/table.ts';
import type { World } from '../world/world.ts';
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
const FILES = 8;

let world: World;
afterEach(() => world.close());

interface Outage {
  readonly name: string;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
  readonly reason: RegExp;
  readonly settings?: Partial<Settings>;
}

const failing = (name: string, fault: FaultName, reason: RegExp): Outage => ({
  name,
  begin: () => world.stash.faults.add({ fault }),
  end: () => world.stash.faults.clear(),
  reason,
});

const outages: readonly Outage[] = [
  {
    name: 'refuses connections',
    begin: () => world.stash.goDown(),
    end: () => world.stash.comeBack(),
    reason: /^Stash refused the connection \(ECONNREFUSED\): POST /,
  },
  failing('resets connections', 'reset', /^Stash closed the connection unanswered/),
  failing('breaks off in the middle of its answers', 'cut', /^Stash broke off in the middle of its answer/),
  {
    ...failing('takes questions and says nothing', 'silent', /^Stash sent nothing for 1 s: POST /),
    settings: { read_timeout: 1 },
  },
  failing('is gone behind its proxy', 'proxyDown', /^Stash answered 502 Bad Gateway: POST /),
  failing('has a locked database', 'busy', /^Stash cannot answer just now: database is locked$/),
  failing('waits for a migration', 'needsMigration', /^Stash (cannot answer just now|is not ready): /),
];

describe.each(outages)('a Stash that $name', ({ begin, end, reason, settings = {} }) => {
  test('costs no job and no attempt, opens its breaker, and is read when it is back', async () => {
    world = await openSynced({ files: FILES, settings });
    await begin();
    await editAll(world, 'During');
    await liveFor(world, 20_000);

    const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
    expect(jobs.map((job) => job.attempt)).toEqual(Array.from({ length: FILES }, () => 0));
    const { breakers, queue } = await world.operations.status();
    expect(queue).toMatchObject({ running: 0, waiting: 0, dead: 0 });
    expect(breakers.stash).toMatchObject({ state: 'open', reason: expect.stringMatching(reason) });
    expect(breakers.plex.state).toBe('closed');
    expect(world.plex.log.counts()).toMatchObject({ details: 0, edits: 0 });

    await end();
    await liveFor(world, (await probeAt(world, 'stash')) - world.clock.now() + 3_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(await world.operations.status()).toMatchObject({
      queue: { pending: 0, dead: 0 },
      breakers: { stash: { state: 'closed', failuresInRow: 0 } },
    });
    world.plex.log.assertHarmless();
  });
});

describe('an hour without Stash', () => {
  test('meets five questions and then only probes', async () => {
    world = await openSynced({ files: FILES });
    world.stash.faults.add({ fault: 'proxyDown' });
    await editAll(world, 'During');
    await liveFor(world, 60 * MINUTE_MS);
    const { requests } = world.stash.log;
    expect(requests.slice(0, 5).map(isProbe)).toEqual([false, false, false, false, false]);
    expect(requests.slice(5).every(isProbe)).toBe(true);
    expect(requests.length).toBeLessThan(5 + 25);
    expect(world.plex.log.counts()).toMatchObject({ details: 0, edits: 0 });
  });

  test('is caught up with job by job, then in ever larger batches, also after a restart', async () => {
    world = await openSynced({ files: FILES });
    await world.stash.goDown();
    await editAll(world, 'During');
    await liveFor(world, 30 * MINUTE_MS);
    await world.restart();
    await liveFor(world, 30 * MINUTE_MS);
    await world.stash.comeBack();
    world.clock.advance((await probeAt(world, 'stash')) - world.clock.now());
    expect(await workInBatches(world)).toEqual([1, 2, 4, 1]);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
  });

  test('hides no change that no hook told of', async () => {
    world = await openSynced({ files: FILES });
    await world.stash.goDown();
    await liveFor(world, 60 * MINUTE_MS);
    world.stash.library.editScene(world.scene(3), { title: 'While nobody looked' });
    await world.stash.comeBack();
    await liveFor(world, 6 * MINUTE_MS);
    expect(titleOf(world, 3)).toBe('While nobody looked');
  });
});

const isProbe = ({ fields }: { readonly fields: readonly string[] }): boolean =>
  fields.includes('systemStatus');

test('both away at once come back one after the other', async () => {
  world = await openSynced({ files: FILES });
  await Promise.all([world.stash.goDown(), world.plex.goDown()]);
  await editAll(world, 'During');
  await liveFor(world, 10 * MINUTE_MS);
  await world.stash.comeBack();
  await liveFor(world, 10 * MINUTE_MS);
  const { breakers, queue } = await world.operations.status();
  expect([breakers.stash.state, breakers.plex.state]).toEqual(['closed', 'open']);
  expect(queue).toMatchObject({ pending: FILES, dead: 0 });
  await world.plex.comeBack();
  await liveFor(world, 6 * MINUTE_MS);
  expect(titlesIn(world)).toEqual(titled(world, 'During'));
});
