import { expect, test } from 'vitest';
import { worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const FILES = 1_630;

test.each(['as-asked', 'at-most-50'] as const)(
  'a large library is listed whole, several pages at once, by a Plex whose pages are %s',
  async (pageSize) => {
    const world = await open({ files: FILES, plex: { pageSize } });
    await world.trigger(1);
    await world.work();
    expect((await world.operations.status()).index).toMatchObject([
      { items: FILES, listedAt: expect.any(Number) },
    ]);
    const starts = world.plex.log.requests
      .filter(({ kind, headers }) => kind === 'index' && headers['x-plex-container-size'] === '500')
      .map(({ headers }) => Number(headers['x-plex-container-start']));
    // Each page once.
    expect(starts.length).toBe(new Set(starts).size);
  },
);
