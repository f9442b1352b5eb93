import { describe, expect, test } from 'vitest';
import { nameKey, pathKey } from '../../core/matching/pathKey.ts';
import type { FileIndex, IndexedItem, PartLookup } from '../port.ts';
import { archive, indexedItem, itemKey, link, movies, part } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const nothing: PartLookup = { pathKeys: [], nameKeys: [], sizes: [] };

async function list(index: FileIndex, ...items: readonly IndexedItem[]): Promise<void> {
  const generation = await index.beginListing(movies);
  await index.putItems(movies.uuid, items, generation);
  await index.finishListing(movies.uuid, generation, 5_000);
}

const pathsOf = async (index: FileIndex, ...ids: readonly number[]): Promise<readonly string[]> =>
  (await index.partsOf(ids.map((id) => itemKey(id)))).map((each) => each.path);

export function describeFileIndex(withStore: WithStore): void {
  describe('a listing', () => {
    test('makes the section known, but complete only when it is finished', () =>
      withStore(async ({ index }) => {
        const generation = await index.beginListing(movies);
        const known = { ...movies, watermark: 0, caughtUpAt: null, items: 0 };
        expect(await index.sections()).toEqual([{ ...known, listedAt: null }]);
        await index.putItems(movies.uuid, [indexedItem(1, part(1, '/a.mp4'))], generation);
        await index.finishListing(movies.uuid, generation, 5_000);
        expect(await index.sections()).toEqual([{ ...known, listedAt: 5_000, items: 1 }]);
      }));

    test('keeps items found while it runs, and removes those that it did not meet', () =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1, part(1, '/a.mp4')), indexedItem(2, part(2, '/b.mp4')));
        const generation = await index.beginListing(movies);
        await index.putItems(movies.uuid, [indexedItem(1, part(1, '/a.mp4'))], generation);
        expect(await pathsOf(index, 1, 2)).toEqual(['/a.mp4', '/b.mp4']);
        expect(await index.countUnmet(movies.uuid, generation)).toBe(1);
        await index.finishListing(movies.uuid, generation, 6_000);
        expect(await pathsOf(index, 1, 2)).toEqual(['/a.mp4']);
        expect(await index.countItems()).toBe(1);
      }));

    test('counts what a catch-up put meanwhile as met', () =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1, part(1, '/a.mp4')));
        const generation = await index.beginListing(movies);
        await index.putItems(movies.uuid, [indexedItem(1), indexedItem(2)], null);
        expect(await index.countUnmet(movies.uuid, generation)).toBe(0);
      }));

    test('names what it did not meet, page by page as that is settled', () =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1), indexedItem(2), indexedItem(3));
        const generation = await index.beginListing(movies);
        await index.putItems(movies.uuid, [indexedItem(2)], generation);
        expect(await index.unmet(movies.uuid, generation, 1)).toHaveLength(1);
        expect(new Set(await index.unmet(movies.uuid, generation, 50))).toEqual(
          new Set([itemKey(1).ratingKey, itemKey(3).ratingKey]),
        );
        await index.putItems(movies.uuid, [indexedItem(1)], null);
        await index.removeItems([itemKey(3)]);
        expect(await index.unmet(movies.uuid, generation, 50)).toEqual([]);
      }));

    test('is not undone by a late page of the listing before', () =>
      withStore(async ({ index }) => {
        const abandoned = await index.beginListing(movies);
        const generation = await index.beginListing(movies);
        await index.putItems(movies.uuid, [indexedItem(1)], generation);
        await index.putItems(movies.uuid, [indexedItem(1)], abandoned);
        expect(await index.countUnmet(movies.uuid, generation)).toBe(0);
      }));

    test('that begins anew takes over a new key and title, and keeps what is known', () =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1));
        await index.setWatermark(movies.uuid, 1_700_000_000, 5_500);
        await index.beginListing({ ...movies, key: archive.key, title: 'Renamed' });
        expect(await index.sections()).toEqual([
          {
            uuid: movies.uuid,
            key: archive.key,
            title: 'Renamed',
            listedAt: 5_000,
            watermark: 1_700_000_000,
            caughtUpAt: 5_500,
            items: 1,
          },
        ]);
      }));

    test('of one section leaves the others alone', () =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1, part(1, '/a.mp4')));
        const generation = await index.beginListing(archive);
        await index.finishListing(archive.uuid, generation, 6_000);
        expect(await pathsOf(index, 1)).toEqual(['/a.mp4']);
      }));
  });

  describe('putItems', () => {
    test.each<[string, boolean, IndexedItem]>([
      ['an item as it was', false, indexedItem(1, part(1, '/a.mp4'), part(2, '/b.mp4'))],
      ['another order of files', false, indexedItem(1, part(2, '/b.mp4'), part(1, '/a.mp4'))],
      ['another title', false, { ...indexedItem(1, part(1, '/a.mp4'), part(2, '/b.mp4')), title: 'New' }],
      [
        'another part id of the same file',
        false,
        indexedItem(1, part(1, '/a.mp4'), part(9, '/b.mp4', { size: 1_002 })),
      ],
      ['another path', true, indexedItem(1, part(1, '/A.mp4'), part(2, '/b.mp4'))],
      ['another size', true, indexedItem(1, part(1, '/a.mp4', { size: 5 }), part(2, '/b.mp4'))],
      ['another duration', true, indexedItem(1, part(1, '/a.mp4', { durationMs: null }), part(2, '/b.mp4'))],
      ['one more file', true, indexedItem(1, part(1, '/a.mp4'), part(2, '/b.mp4'), part(3, '/c.mp4'))],
      ['one file less', true, indexedItem(1, part(1, '/a.mp4'))],
      ['a new item', true, indexedItem(2)],
    ])('tells of %s: %s', (_, isTold, item) =>
      withStore(async ({ index }) => {
        await list(index, indexedItem(1, part(1, '/a.mp4'), part(2, '/b.mp4')));
        const told = await index.putItems(movies.uuid, [item], null);
        expect(told).toEqual(isTold ? [itemKey(Number(item.ratingKey))] : []);
        expect(new Set(await pathsOf(index, Number(item.ratingKey)))).toEqual(
          new Set(item.parts.map((each) => each.path)),
        );
        expect(await index.putItems(movies.uuid, [item], null)).toEqual([]);
      }),
    );

    test('leaves out a page that comes after its section was dropped', () =>
      withStore(async ({ index }) => {
        const generation = await index.beginListing(movies);
        await index.dropSections([movies.uuid]);
        expect(await index.putItems(movies.uuid, [indexedItem(1)], generation)).toEqual([]);
        expect(await index.countItems()).toBe(0);
      }));
  });

  describe('dropSections and removeItems', () => {
    test('forget the files, but not the links', () =>
      withStore(async ({ index, links }) => {
        await list(index, indexedItem(1, part(1, '/a.mp4')), indexedItem(2, part(2, '/b.mp4')));
        await links.put([link(1, 1), link(2, 2)]);
        await index.removeItems([itemKey(1), itemKey(99)]);
        expect(await pathsOf(index, 1, 2)).toEqual(['/b.mp4']);
        await index.dropSections([movies.uuid, archive.uuid]);
        expect(await index.sections()).toEqual([]);
        expect(await index.findParts({ ...nothing, pathKeys: ['/b.mp4'] })).toEqual([]);
        expect(await links.count()).toBe(2);
      }));
  });

  describe('findParts', () => {
    const path = 'D:\\Videos\\Cafe\u0301 One.MP4';
    const composed = '/mnt/videos/Caf\u00e9 one.mp4';

    const filled = (work: (index: FileIndex) => Promise<void>): Promise<void> =>
      withStore(async ({ index }) => {
        await list(
          index,
          indexedItem(1, part(1, path, { size: 700 })),
          indexedItem(2, part(2, '/b.mp4', { size: 700 }), part(3, '/other/b.mp4', { size: null })),
          indexedItem(3, part(4, '/c.mp4', { size: 800 })),
        );
        await work(index);
      });

    const idsOf = async (index: FileIndex, lookup: Partial<PartLookup>): Promise<readonly string[]> =>
      (await index.findParts({ ...nothing, ...lookup })).map((each) => each.id).sort();

    test('finds a file by its path, whatever the case, separators and Unicode form', () =>
      filled(async (index) => {
        const pathKeys = [pathKey('d:/videos/Caf\u00c9 one.mp4')];
        expect(await index.findParts({ ...nothing, pathKeys })).toEqual([
          {
            id: '1',
            path,
            size: 700,
            durationMs: 60_000,
            item: itemKey(1),
            sectionKey: movies.key,
            title: 'Item 1',
            itemUpdatedAt: 1_700_000_000,
          },
        ]);
      }));

    test('finds files by name alone and by size alone', () =>
      filled(async (index) => {
        expect(await idsOf(index, { nameKeys: [nameKey(composed)] })).toEqual(['1']);
        expect(await idsOf(index, { nameKeys: ['b.mp4'] })).toEqual(['2', '3']);
        expect(await idsOf(index, { sizes: [700] })).toEqual(['1', '2']);
      }));

    test('finds each part once, however many keys name it', () =>
      filled(async (index) => {
        const lookup = {
          pathKeys: ['/b.mp4', '/b.mp4'],
          nameKeys: ['b.mp4', 'c.mp4'],
          sizes: [700, 800, 700],
        };
        expect(await idsOf(index, lookup)).toEqual(['1', '2', '3', '4']);
      }));

    test('finds nothing by nothing, nor by keys that no file has', () =>
      filled(async (index) => {
        expect(await idsOf(index, {})).toEqual([]);
        expect(await idsOf(index, { pathKeys: ['b.mp4'], nameKeys: ['/b.mp4'], sizes: [0] })).toEqual([]);
      }));

    test('finds at most 100 of one name, but all of one size', () =>
      withStore(async ({ index }) => {
        const items = Array.from({ length: 120 }, (_, id) =>
          indexedItem(id, part(id, `/${id}/same.mp4`, { size: 5 })),
        );
        await list(index, ...items);
        expect(await idsOf(index, { nameKeys: ['same.mp4'] })).toHaveLength(100);
        expect(await idsOf(index, { nameKeys: ['same.mp4'], sizes: [5] })).toHaveLength(120);
      }));

    test('follows an item whose file was moved', () =>
      filled(async (index) => {
        await index.putItems(movies.uuid, [indexedItem(3, part(4, '/new/c.mp4', { size: 800 }))], null);
        expect(await idsOf(index, { pathKeys: ['/c.mp4'] })).toEqual([]);
        expect(await idsOf(index, { pathKeys: ['/new/c.mp4'] })).toEqual(['4']);
      }));
  });
}
