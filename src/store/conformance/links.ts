import { describe, expect, test } from 'vitest';
import { sceneId } from '../../core/ids.ts';
import { linkIdText } from '../../core/link.ts';
import { archive, itemKey, link, linkId } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const proven = {
  desiredHash: 'hash',
  verifiedUpdatedAt: 1_700_000_000,
  verifiedAt: 5_000,
  writtenAt: 4_000,
  sceneOshash: 'abc',
  evidence: 'name-and-size',
} as const;

export function describeLinks(withStore: WithStore): void {
  describe('links', () => {
    test('come back as they were put, by scene and by item', () =>
      withStore(async ({ links }) => {
        await links.put([link(1, 10, proven), link(1, 11), link(2, 10)]);
        expect(await links.ofScenes([sceneId('1'), sceneId('3')])).toEqual(
          new Map([[sceneId('1'), [link(1, 10, proven), link(1, 11)]]]),
        );
        expect(await links.ofItems([itemKey(10), itemKey(12)])).toEqual([link(1, 10, proven), link(2, 10)]);
        expect(await links.count()).toBe(3);
      }));

    test('are counted by their scenes, too', () =>
      withStore(async ({ links }) => {
        expect(await links.countScenes()).toBe(0);
        await links.put([link(1, 10), link(1, 11), link(2, 10)]);
        expect(await links.countScenes()).toBe(2);
      }));

    test('are replaced by (scene, item), and only there', () =>
      withStore(async ({ links }) => {
        await links.put([link(1, 10, proven), link(1, 11)]);
        await links.put([link(1, 10, { scenePath: '/moved.mp4' })]);
        expect((await links.ofScenes([sceneId('1')])).get(sceneId('1'))).toEqual([
          link(1, 10, { scenePath: '/moved.mp4' }),
          link(1, 11),
        ]);
      }));

    test('are pinned by a person alone, and unpinned', () =>
      withStore(async ({ links }) => {
        const evidenceOf = async (scene: string) =>
          [...(await links.ofScenes([sceneId(scene)])).values()].flat().map(({ evidence }) => evidence);
        await links.put([link(1, 10, proven), link(1, 11), link(2, 10)]);
        await links.pin(link(1, 10));
        expect((await links.ofScenes([sceneId('1')])).get(sceneId('1'))).toEqual([
          link(1, 10, { ...proven, evidence: 'pinned', sceneOshash: link(1, 10).sceneOshash }),
          link(1, 11),
        ]);
        // A look that began before.
        await links.put([link(1, 10), link(1, 11)]);
        expect(await evidenceOf('1')).toEqual(['pinned', 'path']);
        await links.pin(link(1, 12));
        expect(await evidenceOf('1')).toEqual(['size-and-duration', 'path', 'pinned']);
        expect(await links.unpin(sceneId('1'))).toBe(1);
        expect(await links.unpin(sceneId('1'))).toBe(0);
        await links.put([link(1, 12, { evidence: 'pinned' })]);
        expect(await evidenceOf('1')).toEqual(['size-and-duration', 'path', 'size-and-duration']);
        expect(await evidenceOf('2')).toEqual(['path']);
      }));

    test('tell items of one rating key and different libraries apart', () =>
      withStore(async ({ links }) => {
        const elsewhere = { ...link(1, 10), item: itemKey(10, archive.uuid) };
        await links.put([link(1, 10), elsewhere]);
        expect(await links.ofItems([itemKey(10, archive.uuid)])).toEqual([elsewhere]);
      }));

    test('that are dropped without base leave what we wrote there for a return', () =>
      withStore(async ({ links, journal }) => {
        await links.put([link(1, 10)]);
        await journal.intend(
          [{ ...linkId(1, 10), source: 'hook' as const, changes: [], intended: { title: 'x' } }],
          1_000,
        );
        await links.drop([linkId(1, 10)], { withBase: false });
        expect(await links.count()).toBe(0);
        expect((await links.bases([linkId(1, 10)])).get(linkIdText(linkId(1, 10)))).toMatchObject({
          title: { intended: 'x' },
        });
        expect(await journal.list({ limit: 10 })).toMatchObject([{ state: 'sent' }]);
      }));

    test('that are dropped with base leave only the journal, where nothing of theirs is open', () =>
      withStore(async ({ links, journal }) => {
        await links.put([link(1, 10), link(1, 11)]);
        const writes = [linkId(1, 10), linkId(1, 11)].map((id) => ({
          ...id,
          source: 'hook' as const,
          changes: [],
          intended: { title: 'x' },
        }));
        await journal.intend(writes, 1_000);
        await links.drop([linkId(1, 10)], { withBase: true });
        expect(await links.ofScenes([sceneId('1')])).toMatchObject(
          new Map([[sceneId('1'), [{ item: itemKey(11) }]]]),
        );
        expect([...(await links.bases([linkId(1, 10), linkId(1, 11)])).keys()]).toEqual([
          linkIdText(linkId(1, 11)),
        ]);
        expect(await journal.list({ limit: 10 })).toMatchObject([
          { item: itemKey(11), state: 'sent' },
          { item: itemKey(10), state: 'given-up' },
        ]);
      }));

    test('all go at once, and what we wrote with them, but for the journal', () =>
      withStore(async ({ links, journal }) => {
        await links.put([link(1, 10), link(2, 11)]);
        await journal.intend(
          [{ ...linkId(1, 10), source: 'hook' as const, changes: [], intended: { title: 'x' } }],
          1_000,
        );
        await links.dropAll();
        expect(await links.count()).toBe(0);
        expect(await links.bases([linkId(1, 10)])).toEqual(new Map());
        expect(await journal.list({ limit: 10 })).toMatchObject([{ state: 'given-up' }]);
      }));

    test('that were never written through have no base', () =>
      withStore(async ({ links }) => {
        await links.put([link(1, 10)]);
        expect(await links.bases([linkId(1, 10)])).toEqual(new Map());
      }));
  });

  describe('a sample of links', () => {
    test('is spread over all of them, and another fraction takes others', () =>
      withStore(async ({ links }) => {
        await links.put(Array.from({ length: 100 }, (_, index) => link(100 + index, 100 + index)));
        for (const fraction of [0, 0.3, 0.999]) {
          const ids = (await links.sample(10, fraction))
            .map((each) => Number(each.sceneId))
            .sort((a, b) => a - b);
          expect(ids).toHaveLength(10);
          const steps = ids.slice(1).map((id, index) => id - Number(ids[index]));
          expect(steps).toEqual(Array(9).fill(10));
        }
        expect(await links.sample(10, 0)).not.toEqual(await links.sample(10, 0.3));
      }));

    test('holds all of them when they are few, and none when there are none', () =>
      withStore(async ({ links }) => {
        expect(await links.sample(10, 0.5)).toEqual([]);
        await links.put([link(1, 10), link(2, 11), link(3, 12)]);
        expect(await links.sample(3, 0.5)).toHaveLength(3);
        expect(await links.sample(10, 0.9)).toHaveLength(3);
      }));
  });
}
