import { afterEach, describe, expect, test } from 'vitest';
import { adviceOf } from '../../src/core/failure.ts';
import { sceneId } from '../../src/core/ids.ts';
import type { Job } from '../../src/core/job.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import { openWorld, type World } from '../world/world.ts';
import { liveFor } from './syncedWorld.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ALWAYS = { count: Number.POSITIVE_INFINITY };

let world: World;
afterEach(() => world.close());

const dead = (): Promise<readonly Job[]> => world.operations.dead({ limit: 100 });
const deadById = async (): Promise<readonly Job[]> =>
  [...(await dead())].sort((one, other) => Number(one.subject.id) - Number(other.subject.id));
const fileOf = (number: number) => {
  const sample = world.samples[number - 1];
  if (sample === undefined) throw new Error(`there is no sample ${number}`);
  return { path: sample.plexPath, size: sample.size, durationMs: sample.durationMs };
};

/**
 * Scene 1 is not in Plex, 2 is there twice under other names, 3 cannot be edited, 4 has no file; the rest is
 * as it should be.
 */
async function openTroubled(): Promise<void> {
  world = await openWorld({ files: 8 });
  world.plex.library.removeItem(world.itemKey(1));
  const second = fileOf(2);
  const [, name = ''] = /([^/]+)$/.exec(second.path) ?? [];
  const [section] = world.plex.library.sections();
  world.plex.library.removeItem(world.itemKey(2));
  for (const folder of ['one', 'other']) {
    world.plex.library.addItem(section?.key ?? '', {
      files: [{ ...second, path: `/elsewhere/${folder}/${name}` }],
    });
  }
  const url = new RegExp(`[?&]id=${world.itemKey(3)}(&|$)`);
  world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT', url, ...ALWAYS });
  world.stash.library.editScene(world.scene(4), { fileIds: [] });
  for (let number = 1; number <= 8; number++) await world.trigger(number);
  await liveFor(world, 30 * MINUTE_MS);
}

describe('a dead letter', () => {
  test('says of what kind it is, why, since when, what else it might be, and what to do', async () => {
    await openTroubled();
    const jobs = await deadById();
    expect(jobs.map((job) => [job.subject.id, job.failure?.class, job.attempt])).toEqual([
      ['1', 'no-match', 5],
      ['2', 'ambiguous', 0],
      ['3', 'rejected', 5],
      ['4', 'not-syncable', 0],
    ]);
    for (const { failure, enqueuedAt, stateSince } of jobs) {
      if (failure === null) throw new Error('a dead letter without a reason');
      expect(failure.message).toMatch(/^\S.{20,}[^ ]$/);
      expect(adviceOf(failure)).toMatch(/\.$/);
      expect(stateSince).toBeGreaterThanOrEqual(enqueuedAt);
      expect(stateSince).toBeLessThanOrEqual(world.clock.now());
    }
    expect(jobs[1]?.failure?.candidates).toEqual([
      expect.objectContaining({ path: expect.stringMatching(/^\/elsewhere\/one\//), size: fileOf(2).size }),
      expect.objectContaining({ path: expect.stringMatching(/^\/elsewhere\/other\//), size: fileOf(2).size }),
    ]);
    expect(await world.operations.status()).toMatchObject({
      queue: {
        pending: 0,
        dead: 4,
        deadByClass: { 'no-match': 1, ambiguous: 1, rejected: 1, 'not-syncable': 1 },
      },
      breakers: { plex: { state: 'closed' }, stash: { state: 'closed' } },
      stop: null,
    });
    world.plex.log.assertHarmless();
  });

  test('can be listed by kind', async () => {
    await openTroubled();
    const listed = await world.operations.dead({ class: 'ambiguous', limit: 10 });
    expect(listed.map((job) => job.subject.id)).toEqual(['2']);
  });

  test('costs nothing while it lies there', async () => {
    await openTroubled();
    world.plex.log.clear();
    world.stash.log.clear();
    await liveFor(world, 10 * MINUTE_MS);
    expect(world.plex.log.counts()).toMatchObject({ details: 0, edits: 0 });
    expect(world.stash.log.count('findScene')).toBe(0);
  });

  test('of a scene that is not in Plex revives by itself when its file appears there', async () => {
    await openTroubled();
    const [section] = world.plex.library.sections();
    const key = world.plex.library.addItem(section?.key ?? '', { files: [fileOf(1)] });
    await liveFor(world, MINUTE_MS);
    expect(world.plex.library.read(key)?.title).toBe(world.samples[0]?.title);
    expect((await deadById()).map((job) => job.subject.id)).toEqual(['2', '3', '4']);
  });

  test('is looked at again when its scene changes', async () => {
    await openTroubled();
    world.plex.faults.clear();
    await world.edit(3, { title: 'Edited again' });
    await world.work();
    expect(world.plex.library.read(world.itemKey(3))?.title).toBe('Edited again');
  });
});

describe('a retry', () => {
  test('of one touches only that one, with all its attempts', async () => {
    await openTroubled();
    const before = await deadById();
    world.clock.advance(1_000);
    expect(
      await world.operations.retry({ kind: 'subjects', subjects: [sceneSubject(sceneId('3'))] }),
    ).toEqual({ ok: true, value: { retried: 1 } });
    await world.work();
    expect((await deadById()).map((job) => job.subject.id)).toEqual(['1', '2', '4']);
    expect(await world.operations.queue({ states: ['pending'], limit: 10 })).toMatchObject([
      { subject: { id: '3' }, source: 'command', attempt: 1 },
    ]);
    expect(await deadById()).toEqual(before.filter((job) => job.subject.id !== '3'));
  });

  test('of a kind touches only that kind, and succeeds once the cause is mended', async () => {
    await openTroubled();
    world.plex.faults.clear();
    expect(await world.operations.retry({ kind: 'class', class: 'rejected' })).toEqual({
      ok: true,
      value: { retried: 1 },
    });
    await world.work();
    expect(world.plex.library.read(world.itemKey(3))?.title).toBe(world.samples[2]?.title);
    expect((await deadById()).map((job) => job.subject.id)).toEqual(['1', '2', '4']);
  });

  test('of all looks at all again, and what is still wrong is dead again', async () => {
    await openTroubled();
    world.plex.faults.clear();
    expect(await world.operations.retry({ kind: 'all' })).toEqual({ ok: true, value: { retried: 4 } });
    await liveFor(world, 30 * MINUTE_MS);
    expect((await deadById()).map((job) => job.failure?.class)).toEqual([
      'no-match',
      'ambiguous',
      'not-syncable',
    ]);
  });

  test('of what is not there is none', async () => {
    await openTroubled();
    expect(await world.operations.retry({ kind: 'class', class: 'contested' })).toEqual({
      ok: true,
      value: { retried: 0 },
    });
  });
});

describe('retention', () => {
  test('deletes dead letters after 30 days, and a full sync finds their scenes again', async () => {
    await openTroubled();
    world.clock.advance(29 * DAY_MS);
    await world.engine.poll();
    expect(await dead()).toHaveLength(4);
    world.clock.advance(DAY_MS);
    await world.engine.poll();
    expect(await dead()).toEqual([]);

    await world.operations.sync({ kind: 'all' });
    await liveFor(world, 30 * MINUTE_MS);
    expect((await deadById()).map((job) => [job.subject.id, job.failure?.class])).toEqual([
      ['1', 'no-match'],
      ['2', 'ambiguous'],
      ['3', 'rejected'],
      ['4', 'not-syncable'],
    ]);
  });

  test('lasts as long as the settings say', async () => {
    await openTroubled();
    await world.restart({ dead_letter_retention_days: 2 });
    world.clock.advance(2 * DAY_MS);
    await world.engine.poll();
    expect(await dead()).toEqual([]);
  });
});
