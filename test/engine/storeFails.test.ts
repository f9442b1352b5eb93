import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreError } from '../../src/store/storeError.ts';
import { openWorld, type World } from '../world/world.ts';

const FILES = 20;
const full = new StoreError({ kind: 'full', message: 'The disk is full.' }, null);

let world: World;
beforeEach(async () => {
  world = await openWorld({ files: FILES });
});
afterEach(() => world.close());

/** The disk is full whenever links are stored, until the function that is returned is called. */
function fillDisk(): () => void {
  const { links } = world.engine.store;
  const put = links.put.bind(links);
  links.put = () => Promise.reject(full);
  return () => {
    links.put = put;
  };
}

test('a disk that is full is no fault of the jobs: they are done once there is room', async () => {
  for (let number = 1; number <= FILES; number++) await world.edit(number, { title: `Room ${number}` });
  const makeRoom = fillDisk();
  for (let round = 1; round <= 6; round++) {
    await expect(world.engine.worker.tick()).rejects.toBe(full);
    world.clock.advance(5_000);
  }
  makeRoom();
  await world.workFor(10_000);
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, running: 0, dead: 0 });
  expect(world.plex.library.read(world.itemKey(FILES))?.fields.title).toBe(`Room ${FILES}`);
});

test('a disk that is full costs no job an attempt', async () => {
  await world.edit(1, { title: 'Room' });
  fillDisk();
  await expect(world.engine.worker.tick()).rejects.toBe(full);
  await expect(world.engine.worker.tick()).rejects.toBe(full);
  expect(await world.operations.queue({ states: ['pending', 'running'], limit: 9 })).toMatchObject([
    { attempt: 0, failure: null },
  ]);
});
