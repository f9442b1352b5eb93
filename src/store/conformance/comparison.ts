import { describe, expect, test } from 'vitest';
import { type SceneId, sceneId } from '../../core/ids.ts';
import type { Comparison } from '../comparisonPort.ts';
import {
  archive,
  claim,
  dead,
  enqueue,
  indexedItem,
  itemKey,
  link,
  movies,
  part,
  scene,
  tag,
} from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const id = (value: number): SceneId => sceneId(String(value));
const remembered = (value: number) => ({ id: id(value), updatedAt: 'then', entities: [] });

export function describeComparison(withStore: WithStore): void {
  describe('jobs of scenes', () => {
    test('are told for those that have one, with what went wrong', () =>
      withStore(async ({ queue, comparison }) => {
        await enqueue(queue, 10, 'hook', scene(1), scene(2), tag(3));
        await claim(queue, { limit: 1, kinds: ['scene'] });
        await queue.settle([dead(scene(1), 'no-match')], 2_000);
        expect(await comparison.jobsOf([id(1), id(2), id(3)])).toEqual(
          new Map([
            [id(1), { state: 'dead', class: 'no-match' }],
            [id(2), { state: 'pending', class: null }],
          ]),
        );
      }));
  });

  describe('remembered scenes', () => {
    const between = async (
      comparison: Comparison,
      ...[after, upTo, limit = 100]: [number | null, number | null, number?]
    ): Promise<readonly number[]> => {
      const range = { after: after === null ? null : id(after), upTo: upTo === null ? null : id(upTo) };
      return (await comparison.rememberedScenes({ ...range, limit })).map(Number);
    };

    test('lie between two ids by their value, whatever their lengths', () =>
      withStore(async ({ scenes, comparison }) => {
        await scenes.remember([1_000, 9, 10, 100, 2, 11, 99].map(remembered));
        expect(await between(comparison, null, 11)).toEqual([2, 9, 10, 11]);
        expect(await between(comparison, 2, 100)).toEqual([9, 10, 11, 99, 100]);
        expect(await between(comparison, 11, 98)).toEqual([]);
        expect(await between(comparison, 98, 5_000)).toEqual([99, 100, 1_000]);
      }));

    test('reach to the end where no id is given', () =>
      withStore(async ({ scenes, comparison }) => {
        await scenes.remember([1_000, 9, 10, 100].map(remembered));
        expect(await between(comparison, null, null)).toEqual([9, 10, 100, 1_000]);
        expect(await between(comparison, 10, null)).toEqual([100, 1_000]);
      }));

    test('come in pages', () =>
      withStore(async ({ scenes, comparison }) => {
        await scenes.remember([1_000, 9, 10, 100].map(remembered));
        expect(await between(comparison, null, 1_000, 2)).toEqual([9, 10]);
        expect(await between(comparison, 9, 1_000, 2)).toEqual([10, 100]);
        expect(await between(comparison, 10, null, 1)).toEqual([100]);
      }));
  });

  describe('scenes that are not in Plex', () => {
    test('are those with a note of missing files, each once', () =>
      withStore(async ({ scenes, comparison }) => {
        await scenes.noteMissing([
          { sceneId: id(10), nameKeys: ['a.mp4', 'b.mp4'], sizes: [1] },
          { sceneId: id(9), nameKeys: ['a.mp4'], sizes: [] },
          { sceneId: id(8), nameKeys: [], sizes: [] },
        ]);
        expect(await comparison.scenesNotInPlex(10)).toEqual([id(9), id(10)]);
        expect(await comparison.scenesNotInPlex(1)).toEqual([id(9)]);
        expect(await comparison.countScenesNotInPlex()).toBe(2);
      }));
  });

  describe('scenes that are in step', () => {
    test('have links that are all proven, no job, and are not destroyed', () =>
      withStore(async ({ links, queue, destroyed, comparison }) => {
        expect(await comparison.countInStep()).toBe(0);
        const proven = { desiredHash: 'hash' };
        await links.put([
          link(1, 1, proven),
          link(1, 2, proven),
          link(2, 3, proven),
          link(2, 4),
          link(3, 5),
          link(4, 6, proven),
          link(5, 7, proven),
          link(6, 8, proven),
          link(7, 9, proven),
        ]);
        await enqueue(queue, 10, 'hook', scene(4), scene(6), scene(3), scene(9), tag(1));
        await destroyed.note([id(5), id(4)], 1_000);
        expect(await comparison.countInStep()).toBe(2);
      }));
  });

  describe('files that are not in Stash', () => {
    test('are those of items that no remembered scene is linked to', () =>
      withStore(async ({ index, links, scenes, comparison }) => {
        await index.beginListing(movies);
        const items = [1, 2, 3].map((each) => indexedItem(each, part(each, `/${each}.mp4`)));
        await index.putItems(movies.uuid, [...items, indexedItem(4)], null);
        await scenes.remember([remembered(1)]);
        await links.put([link(1, 1), link(2, 2)]);
        const { files, last } = await comparison.filesNotInStash({ after: null, items: 10 });
        expect(files).toEqual([
          { item: itemKey(2), title: 'Item 2', path: '/2.mp4', size: 1_002 },
          { item: itemKey(3), title: 'Item 3', path: '/3.mp4', size: 1_003 },
        ]);
        expect(last).toBeNull();
      }));

    test('come by pages of items, across libraries', () =>
      withStore(async ({ index, comparison }) => {
        for (const { uuid, key, title } of [movies, archive]) {
          await index.beginListing({ uuid, key, title });
          await index.putItems(uuid, [indexedItem(1, part(1, `/${title}/1.mp4`)), indexedItem(2)], null);
        }
        const pages: (readonly string[])[] = [];
        let after: Parameters<Comparison['filesNotInStash']>[0]['after'] = null;
        do {
          const page = await comparison.filesNotInStash({ after, items: 1 });
          pages.push(page.files.map((file) => file.path));
          after = page.last;
        } while (after !== null);
        expect(pages).toEqual([['/Archive/1.mp4'], [], ['/Movies/1.mp4'], [], []]);
      }));
  });
}
