import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { pruneJournal } from '../../src/engine/pruneJournal.ts';
import { link } from '../../src/store/conformance/examples.ts';
import { settle, worldOfEachTest } from '../sync/eachWorld.ts';
import type { World } from '../world/world.ts';

const open = worldOfEachTest();
const DAY_MS = 86_400_000;

/** So many writes of long ago, as if each had been sent. */
async function fillJournal({ engine, clock }: World, count: number): Promise<void> {
  const { links, journal } = engine.store;
  const old = link(900, 900);
  await links.put([old]);
  const { sceneId: id, item } = old;
  const writes = Array.from({ length: count }, () => ({
    sceneId: id,
    item,
    source: 'hook' as const,
    changes: [],
    intended: {},
  }));
  await journal.intend(writes, clock.now());
  await links.drop([old], { withBase: true });
}

const kept = async ({ operations }: World): Promise<number> =>
  (await operations.history({ limit: 10_000 })).length;

test('a poll keeps the journal within its size, and what is written goes on', async () => {
  const world = await open({ settings: { journal_max_entries: 100 } });
  await fillJournal(world, 1_300);
  await world.edit(1, { title: 'Just now' });
  await Promise.all([world.engine.poll(), settle(world)]);
  await world.engine.poll();
  expect(await kept(world)).toBe(100);
  expect(await world.operations.history({ scene: sceneId('1'), limit: 1 })).toMatchObject([
    { state: 'arrived' },
  ]);
});

test('a poll forgets writes that are older than journal_retention_days', async () => {
  const world = await open({ settings: { journal_retention_days: 30 } });
  await fillJournal(world, 20);
  world.clock.advance(20 * DAY_MS);
  await fillJournal(world, 3);
  await world.engine.poll();
  expect(await kept(world)).toBe(23);
  world.clock.advance(11 * DAY_MS);
  await world.engine.poll();
  expect(await kept(world)).toBe(3);
});

test('between two portions everything else has its turn', async () => {
  const world = await open({ settings: { journal_max_entries: 100 } });
  await fillJournal(world, 2_100);
  let turns = 0;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  let isDone = false;
  setImmediate(count);
  expect(await pruneJournal(world.engine)).toBe(2_000);
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(4);
});
