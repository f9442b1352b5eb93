import { expect, test } from 'vitest';
import { worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

/** 27,000 characters in a URL; the simulator refuses more than 8,192, as many servers and proxies do. */
const LONG = `${'説明 '.repeat(3_000)}end`;

test('a text that Plex refuses for its length goes cut to what fits, and the rest of the scene with it', async () => {
  const world = await open();
  await world.edit(1, { title: 'New title', details: LONG });
  await world.edit(2, { title: 'Another title' });
  await world.workFor(10_000);
  const fields = world.plex.library.read(world.itemKey(1))?.fields;
  expect(fields?.title).toBe('New title');
  expect(LONG.startsWith(fields?.summary ?? '-')).toBe(true);
  expect(fields?.summary?.length).toBeGreaterThan(500);
  expect(world.plex.library.read(world.itemKey(2))?.fields.title).toBe('Another title');
  expect(await world.operations.dead({ limit: 10 })).toEqual([]);
});

test('where long URLs are taken, nothing is cut', async () => {
  const world = await open({ plex: { urlLimit: 'none' } });
  await world.edit(1, { details: LONG });
  await world.workFor(10_000);
  expect(world.plex.library.read(world.itemKey(1))?.fields.summary).toBe(LONG);
});
