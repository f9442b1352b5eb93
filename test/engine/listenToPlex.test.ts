import { afterEach, beforeEach, expect, test } from 'vitest';
import { listenToPlex } from '../../src/engine/listenToPlex.ts';
import { openSynced } from '../faults/syncedWorld.ts';
import type { World } from '../world/world.ts';

let world: World;
let ending: AbortController;
let round: () => Promise<number>;
/** Resolves with the next event that wakes the daemon: the first one of a connection says that it is open. */
let woken: () => Promise<void>;

beforeEach(async () => {
  world = await openSynced({ files: 1 });
  ending = new AbortController();
  let resolve = (): void => undefined;
  woken = () => new Promise((next) => (resolve = next));
  round = listenToPlex(world.engine, () => resolve(), ending.signal);
});
afterEach(async () => {
  ending.abort();
  await world.close();
});

const refuseUpgrades = (status: number): void => {
  const count = Number.POSITIVE_INFINITY;
  world.plex.faults.add({ fault: 'status', argument: status, url: /websockets/, count });
};

const upgrades = (): number => world.plex.log.counts().notifications;

const said = (words: string): readonly string[] =>
  world.log.lines.filter((line) => line.includes(words) && line.includes('"info"'));

/** A round with a connection that Plex drops once it is open. */
async function droppedRound(lastsMs = 0): Promise<number> {
  const opened = woken();
  const waits = round();
  await opened;
  world.clock.advance(lastsMs);
  world.plex.notifications.dropAll();
  return waits;
}

test.each([401, 404, 502])('a refusal with %i is asked about seldom, and told once', async (status) => {
  refuseUpgrades(status);
  const waits = [await round(), await round(), await round()];
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
  expect(said('Plex does not tell of changes')).toHaveLength(1);
});

test('that Plex tells again is told once, too', async () => {
  refuseUpgrades(404);
  await round();
  world.plex.faults.clear();
  for (let time = 0; time < 3; time++) await droppedRound();
  expect(said('Plex tells of changes as they happen')).toHaveLength(1);
});

test('a connection that lasted is sought again within seconds, one that never does ever more seldom', async () => {
  const short: number[] = [];
  for (let time = 0; time < 6; time++) short.push(await droppedRound());
  expect(short).toEqual([2_500, 5_000, 10_000, 20_000, 30_000, 30_000]);
  expect(await droppedRound(3_600_000)).toBe(2_500);
});

test('a refused upgrade says nothing against Plex: no breaker counts it', async () => {
  refuseUpgrades(502);
  for (let time = 0; time < 10; time++) await round();
  expect((await world.operations.status()).breakers.plex).toMatchObject({ state: 'closed' });
});

test('while Plex is away it is not asked to tell', async () => {
  await world.plex.goDown();
  for (let time = 0; time < 5; time++) await world.engine.plex.sections();
  await world.plex.comeBack();
  expect(await round()).toBe(5_000);
  expect(upgrades()).toBe(0);
});

test('while PlexSync is switched off Plex is not asked to tell', async () => {
  await world.restart({ enabled: false });
  round = listenToPlex(world.engine, () => undefined, ending.signal);
  expect(await round()).toBe(5_000);
  expect(upgrades()).toBe(0);
});

test('the end ends a connection', async () => {
  const opened = woken();
  const waits = round();
  await opened;
  ending.abort();
  expect(await waits).toBe(0);
});
