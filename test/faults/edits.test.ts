import { afterEach, describe, expect, test } from 'vitest';
import type { FaultName } from '../../simulator/plex/faults.ts';
import { sceneId } from '../../src/core/ids.ts';
import type { Job } from '../../src/core/job.ts';
import { openWorld, type World } from '../world/world.ts';
import { editAll, liveFor, openSynced, titled, titleOf, titlesIn } from './syncedWorld.ts';

const MINUTE_MS = 60_000;
const FILES = 6;
const ALWAYS = { count: Number.POSITIVE_INFINITY };

let world: World;
afterEach(() => world.close());

const genresOf = (number: number): readonly string[] =>
  world.plex.library.read(world.itemKey(number))?.tags.genre ?? [];
const editsOf = (number: number): number =>
  world.plex.log.requests.filter(
    (request) =>
      request.kind === 'edits' &&
      request.query.some(([key, value]) => key === 'id' && value === world.itemKey(number)),
  ).length;
const dead = (): Promise<readonly Job[]> => world.operations.dead({ limit: 100 });
const journalOf = (number: number) => world.operations.history({ scene: sceneId(String(number)), limit: 10 });
const tagIds = (...names: readonly string[]): readonly number[] =>
  names.map(
    (name) =>
      (
        world.stash.library.tags.all().find((tag) => tag.name === name) ??
        world.stash.library.addTag({ name })
      ).id,
  );

describe.each<FaultName>(['lost-reply', 'reset-after-headers', 'cut'])(
  'an edit that Plex carried out and whose answer is lost (%s)',
  (fault) => {
    test('is recognised, not sent again, and a tag taken away later goes', async () => {
      world = await openSynced({ files: FILES });
      world.plex.faults.add({ fault, method: 'PUT' });
      await world.edit(1, { title: 'Lost reply', tagIds: tagIds('Kept', 'Taken away') });
      await liveFor(world, 30_000);
      expect(titleOf(world, 1)).toBe('Lost reply');
      expect(genresOf(1)).toEqual(expect.arrayContaining(['Kept', 'Taken away']));
      expect(editsOf(1)).toBe(1);
      expect(await journalOf(1)).toMatchObject([{ state: 'arrived' }, {}]);

      await world.edit(1, { tagIds: tagIds('Kept') });
      await liveFor(world, 10_000);
      expect(genresOf(1)).toContain('Kept');
      expect(genresOf(1)).not.toContain('Taken away');
      expect(await world.operations.status()).toMatchObject({ queue: { pending: 0, dead: 0 } });
    });
  },
);

describe.each<{ fault: FaultName; argument?: number }>([
  { fault: 'reset' },
  { fault: 'status', argument: 502 },
  { fault: 'too-many', argument: 1 },
])('an edit that got lost on its way ($fault)', (fault) => {
  test('is sent again within seconds, and costs no attempt', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add({ ...fault, method: 'PUT', count: 3 });
    await world.edit(1, { title: 'At the fourth try' });
    const attempts: number[] = [];
    for (let second = 0; second < 60 && titleOf(world, 1) !== 'At the fourth try'; second++) {
      await liveFor(world, 1_000);
      attempts.push(
        ...(await world.operations.queue({ states: ['pending'], limit: 9 })).map((job) => job.attempt),
      );
    }
    expect(titleOf(world, 1)).toBe('At the fourth try');
    expect(editsOf(1)).toBe(4);
    expect(new Set(attempts)).toEqual(new Set([0]));
    expect((await journalOf(1)).map((entry) => entry.state)).toEqual([
      'arrived',
      'given-up',
      'given-up',
      'given-up',
      'arrived',
    ]);
  });
});

describe('an item that Plex answers 500 for', () => {
  test.each([
    ['when it is edited', 'PUT', (key: string) => new RegExp(`[?&]id=${key}(&|$)`)],
    ['when it is read', 'GET', (key: string) => new RegExp(`/library/metadata/(\\d+,)*${key}\\b`)],
  ] as const)(
    '%s: only its scene fails, and it ends as a dead letter that says why',
    async (_, method, url) => {
      world = await openSynced({ files: FILES });
      const bad = world.itemKey(3);
      world.plex.faults.add({ fault: 'status', argument: 500, method, url: url(bad), ...ALWAYS });
      await editAll(world, 'After');
      await world.work();
      expect(titlesIn(world)).toEqual(titled(world, 'After').with(2, 'Before 3'));
      expect(await world.operations.queue({ states: ['pending'], limit: 9 })).toMatchObject([
        { subject: { id: '3' }, attempt: 1, failure: { class: 'rejected' } },
      ]);

      await liveFor(world, 10 * MINUTE_MS);
      const path = method === 'PUT' ? '/library/sections/1/all' : `/library/metadata/${bad}`;
      expect(await dead()).toMatchObject([
        {
          subject: { kind: 'scene', id: '3' },
          attempt: 5,
          failure: {
            class: 'rejected',
            peer: 'plex',
            message: `Plex answered 500 Internal Server Error: ${method} ${world.plex.url}${path}`,
          },
        },
      ]);
      expect(await world.operations.status()).toMatchObject({
        queue: { pending: 0, dead: 1, deadByClass: { rejected: 1 } },
        breakers: { plex: { state: 'closed', failuresInRow: 0 } },
        pauses: [],
      });
      if (method === 'PUT') expect(editsOf(3)).toBe(5);
      world.plex.log.assertHarmless();
    },
  );

  test('waits longer from attempt to attempt, within the bounds of the backoff', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT', ...ALWAYS });
    await world.edit(3, { title: 'Refused' });
    const waits: number[] = [];
    for (;;) {
      await world.work();
      const [job] = await world.operations.queue({ states: ['pending'], limit: 1 });
      if (job === undefined) break;
      waits.push(job.dueAt - world.clock.now());
      world.clock.advance(job.dueAt - world.clock.now());
    }
    // Half of 5, 10, 20 and 40 s: this world draws the middle of what full jitter allows.
    expect(waits).toEqual([2_500, 5_000, 10_000, 20_000]);
  });

  test('never comes back sooner than 250 ms, whatever is drawn', async () => {
    world = await openSynced({ files: FILES, random: 0 });
    world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT', ...ALWAYS });
    await world.edit(3, { title: 'Refused' });
    await world.engine.worker.tick();
    const [job] = await world.operations.queue({ states: ['pending'], limit: 1 });
    expect((job?.dueAt ?? 0) - world.clock.now()).toBe(250);
  });
});

describe('an edit that Plex takes and does not show', () => {
  test('is awaited 1, 2 and 5 s, then sent anew with backoff, and becomes a dead letter', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add({ fault: 'empty', method: 'PUT', ...ALWAYS });
    const sentAt = world.clock.now();
    await world.edit(2, { title: 'Never shown' });
    const looks: number[] = [];
    for (let step = 0; step < 4; step++) {
      await world.work();
      const [job] = await world.operations.queue({ states: ['pending'], limit: 1 });
      looks.push((job?.dueAt ?? 0) - sentAt);
      expect(job?.attempt).toBe(step < 3 ? 0 : 1);
      world.clock.advance((job?.dueAt ?? 0) - world.clock.now());
    }
    expect(looks).toEqual([1_000, 2_000, 5_000, 7_500]);
    expect(editsOf(2)).toBe(1);

    await liveFor(world, 10 * MINUTE_MS);
    expect(editsOf(2)).toBe(5);
    expect(await dead()).toMatchObject([
      {
        attempt: 5,
        failure: {
          class: 'rejected',
          message: `Plex took an edit of item ${world.itemKey(2)} and does not show it: title.`,
        },
      },
    ]);
    expect((await journalOf(2)).map((entry) => entry.state)).toEqual([
      ...Array.from({ length: 5 }, () => 'given-up'),
      'arrived',
    ]);
  });

  test('does not hold up others', async () => {
    world = await openSynced({ files: FILES });
    const url = new RegExp(`[?&]id=${world.itemKey(2)}(&|$)`);
    world.plex.faults.add({ fault: 'empty', method: 'PUT', url, ...ALWAYS });
    await editAll(world, 'After');
    await world.work();
    expect(titlesIn(world)).toEqual(titled(world, 'After').with(1, 'Before 2'));
  });
});

test('tags that Plex shows late are waited for, not sent twice', async () => {
  world = await openWorld({ files: FILES, plex: { tagsVisible: 'all-late' } });
  for (let number = 1; number <= FILES; number++) await world.trigger(number);
  await liveFor(world, 10_000);
  world.plex.log.clear();
  await world.edit(1, { tagIds: tagIds('Late', 'Later') });
  await world.work();
  expect(await world.operations.queue({ states: ['pending'], limit: 9 })).toHaveLength(1);
  await liveFor(world, 10_000);
  expect(genresOf(1)).toEqual(expect.arrayContaining(['Late', 'Later']));
  expect(editsOf(1)).toBe(1);
  expect(await world.operations.status()).toMatchObject({ queue: { pending: 0, dead: 0 } });
});
