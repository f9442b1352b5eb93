import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { entityId } from '../../src/core/ids.ts';
import { giveCover } from '../sync/covers.ts';
import { itemAt, settle, tagIds, worldOfEachTest } from '../sync/eachWorld.ts';
import { png } from '../world/pictures.ts';
import type { World, WorldOptions } from '../world/world.ts';
import { sqlDuring } from './countSql.ts';

/*
 * What work costs, in what does not depend on the machine: requests to Plex by kind, to Stash by root field, statements
 * and rows of the database. Whoever makes something dearer has to say so here (`npm test -- test/budgets -u`), and
 * whoever makes it cheaper may. What is promised to users stands in test/sync/requests.test.ts.
 */
const openWorld = worldOfEachTest();
const BULK = 200;
/** More than a page of a comparison. */
const LIBRARY = 600;
const MINUTE_MS = 60_000;

/** The side is named, since another one is tried by the environment in other suites. */
const open = (options: WorldOptions): Promise<World> =>
  openWorld({ ...options, plex: { tagWrite: 'append', ...options.plex } });

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

async function openInStep(options: WorldOptions): Promise<World> {
  const world = await open(options);
  await inStep(world);
  return world;
}

/** All is written, and read long enough after it was that Plex's list proves it. */
async function inStep(world: World): Promise<void> {
  for (let look = 0; look < 3; look++) {
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    world.clock.advance(MINUTE_MS);
    await world.engine.poll();
    await settle(world);
  }
}

async function costOf(world: World, act: () => Promise<unknown>): Promise<string> {
  await nextTurn();
  const { plex, stash } = world;
  const asked = [plex.log.requests.length, stash.log.requests.length, stash.log.covers.length];
  const { statements, rowsRead, writes } = await sqlDuring(act);
  // Stash's log has a request once its answer has left.
  await nextTurn();
  const ofPlex = plex.log.requests.slice(asked[0]).map(({ kind }) => kind);
  const ofStash = stash.log.requests.slice(asked[1]).map(({ fields }) => fields[0] ?? '');
  const covers = stash.log.covers.slice(asked[2]).map(({ isPart }) => (isPart ? 'cover start' : 'cover'));
  return [
    `Plex: ${inWords(ofPlex)}`,
    `Stash: ${inWords([...ofStash, ...covers])}`,
    `database: ${statements} statements, ${rowsRead} rows read, ${writes} writes`,
  ].join('\n');
}

function inWords(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names.toSorted()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'nothing';
}

const oneEdit = (world: World): Promise<string> =>
  costOf(world, async () => {
    await world.edit(50, { title: 'Edited', tagIds: tagIds(world, ['Rain', 'Snow']) });
    await settle(world);
  });

describe('one edit', () => {
  test('of title and tags', async () => {
    const world = await openInStep({ files: 100 });
    expect(await oneEdit(world)).toMatchInlineSnapshot(`
      "Plex: details 2, edits 1
      Stash: cover start 1, findScene 1
      database: 64 statements, 35 rows read, 15 writes"
    `);
    expect(itemAt(world, 50).title).toBe('Edited');
  });

  test('costs the same in a library five times as large', async () => {
    const costs: string[] = [];
    for (const files of [300, 1_500]) {
      const world = await open({ files });
      await world.edit(1, { title: 'The newest' });
      await settle(world);
      world.clock.advance(MINUTE_MS);
      await world.engine.poll();
      costs.push(await oneEdit(world));
    }
    expect(costs[1]).toBe(costs[0]);
  });

  test('of the cover', async () => {
    const world = await openInStep({ files: 100 });
    const cost = await costOf(world, async () => {
      await giveCover(world, 50, png('another'));
      await settle(world);
    });
    expect(cost).toMatchInlineSnapshot(`
      "Plex: details 2, edits 1, images 3
      Stash: cover 1, cover start 1, findScene 1
      database: 60 statements, 36 rows read, 15 writes"
    `);
  });

  test('of nothing that Plex shows', async () => {
    const world = await openInStep({ files: 100 });
    const cost = await costOf(world, async () => {
      await world.edit(50, { organized: true });
      await settle(world);
    });
    expect(cost).toMatchInlineSnapshot(`
      "Plex: nothing
      Stash: cover start 1, findScene 1
      database: 49 statements, 32 rows read, 14 writes"
    `);
  });
});

test(`${BULK} edits at once`, async () => {
  const world = await openInStep({ files: BULK });
  for (const number of numbers(BULK)) await world.edit(number, { title: `Bulk ${number}` });
  expect(await costOf(world, () => settle(world))).toMatchInlineSnapshot(`
    "Plex: details 8, edits 200
    Stash: cover start 200, findScene 4
    database: 5894 statements, 3716 rows read, 152 writes"
  `);
  expect(itemAt(world, BULK).title).toBe(`Bulk ${BULK}`);
});

test('a tag of 60 scenes that is renamed', async () => {
  const world = await openInStep({ files: 100 });
  const [id = 0] = tagIds(world, ['Old name']);
  for (const number of numbers(60)) await world.edit(number, { tagIds: [id] });
  await settle(world);
  const row = world.stash.library.tags.get(id);
  if (row !== undefined) world.stash.library.tags.update(row, { name: 'New name' });
  const cost = await costOf(world, async () => {
    const now = world.clock.now();
    const subject = { kind: 'tag', id: entityId(String(id)) } as const;
    await world.engine.store.queue.enqueue([{ subject, source: 'hook' }], { now, dueAt: now });
    await settle(world);
  });
  expect(itemAt(world, 60).tags.genre).toEqual(['New name']);
  expect(cost).toMatchInlineSnapshot(`
    "Plex: details 4, edits 60
    Stash: cover start 60, findScene 2, findScenes 1, findTag 1
    database: 1874 statements, 1137 rows read, 61 writes"
  `);
});

test(`a comparison of ${LIBRARY} scenes: all are new, none has changed, six have`, async () => {
  const world = await open({ files: LIBRARY });
  const compare = (): Promise<string> =>
    costOf(world, async () => {
      await world.operations.reconcile();
      await settle(world);
    });
  expect(await compare()).toMatchInlineSnapshot(`
    "Plex: details 24, edits 600, identity 2, index 9, server 2
    Stash: cover start 600, findScene 15, findScenes 10
    database: 36583 statements, 8289 rows read, 488 writes"
  `);
  await inStep(world);
  expect(await compare()).toMatchInlineSnapshot(`
    "Plex: details 2, identity 1, index 4, server 1
    Stash: findScene 5, findScenes 10
    database: 8771 statements, 7046 rows read, 43 writes"
  `);
  for (const number of numbers(6)) {
    world.stash.library.editScene(world.scene(number * 100), { title: `Changed ${number}` });
  }
  expect(await compare()).toMatchInlineSnapshot(`
    "Plex: details 5, edits 6, identity 1, index 4, server 1
    Stash: cover start 6, findScene 6, findScenes 10
    database: 8960 statements, 7155 rows read, 62 writes"
  `);
  expect(itemAt(world, LIBRARY).title).toBe('Changed 6');
});

test('a poll that finds nothing', async () => {
  const world = await openInStep({ files: 100 });
  expect(await costOf(world, () => world.engine.poll())).toMatchInlineSnapshot(`
    "Plex: identity 1
    Stash: findGroups 1, findPerformers 1, findScenes 1, findStudios 1, findTags 1, plugins 1
    database: 229 statements, 214 rows read, 9 writes"
  `);
});

test('a look at an empty queue', async () => {
  const world = await openInStep({ files: 100 });
  expect(await costOf(world, () => world.engine.worker.tick())).toMatchInlineSnapshot(`
    "Plex: nothing
    Stash: nothing
    database: 1 statements, 1 rows read, 0 writes"
  `);
});
