import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { itemAt, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const PROBLEM = 'plex_token: found nothing; allowed: a text.';
const problems = [PROBLEM];

test('until the settings are right nothing is asked of anyone, and what comes is kept, coalesced', async () => {
  const world = await open({ problems });
  for (const title of ['One', 'Two', 'Three']) await world.edit(1, { title });
  await world.operations.sync({ kind: 'all' });
  await world.operations.reconcile();
  expect(await world.engine.poll()).toEqual({ ok: true, value: undefined });
  expect(await world.engine.worker.tick()).toEqual({
    kind: 'shut',
    retryAt: null,
    why: `Not set up: ${PROBLEM}`,
  });
  await world.workFor(10 * 60_000);
  expect(world.plex.log.requests).toEqual([]);
  expect(world.stash.log.requests).toEqual([]);
  expect((await world.operations.status()).queue.pending).toBe(2);

  await world.restart();
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Three');
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, dead: 0 });
});

test('status names the problems; there is no pause, breaker or stop', async () => {
  const world = await open({ problems });
  await world.trigger(1);
  await settle(world);
  expect(await world.operations.status()).toMatchObject({
    setup: { problems },
    pauses: [],
    stop: null,
    breakers: { plex: { state: 'closed', failuresInRow: 0 }, stash: { state: 'closed', failuresInRow: 0 } },
  });
  await world.restart();
  expect((await world.operations.status()).setup).toBeNull();
});

test('what needs an answer of a server fails in words; what only concerns the database works', async () => {
  const world = await open({ problems });
  const { operations } = world;
  const failure = { class: 'settings', message: `Not set up: ${PROBLEM}` };
  expect(await operations.plan([sceneId('1')])).toMatchObject({ ok: false, failure });
  expect(await operations.sync({ kind: 'recent', sinceMs: 1_000 })).toMatchObject({ ok: false, failure });
  expect(await operations.adoptServer()).toMatchObject({ ok: false, failure });
  expect(await operations.sync({ kind: 'scenes', scenes: [sceneId('1')] })).toMatchObject({ ok: true });
  expect(await operations.queue({ states: ['pending'], limit: 9 })).toHaveLength(1);
  expect(await operations.retry({ kind: 'all' })).toEqual({ ok: true, value: { retried: 0 } });
  expect(await operations.clearQueue()).toEqual({ cleared: 1 });
  expect(await operations.history({ limit: 1 })).toEqual([]);
  expect([...world.plex.log.requests, ...world.stash.log.requests]).toEqual([]);
});
