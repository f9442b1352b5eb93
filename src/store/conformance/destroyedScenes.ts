import { describe, expect, test } from 'vitest';
import { type SceneId, sceneId } from '../../core/ids.ts';
import { linkIdText } from '../../core/link.ts';
import type { Store } from '../port.ts';
import { link, linkId } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const ids = (...numbers: readonly number[]): SceneId[] => numbers.map((id) => sceneId(String(id)));

/** A link with something written to it, of each scene. */
async function written(store: Store, ...scenes: readonly number[]): Promise<void> {
  for (const scene of scenes) {
    await store.links.put([link(scene, scene + 100)]);
    const intended = { title: 'x' } as const;
    await store.journal.intend(
      [{ ...linkId(scene, scene + 100), source: 'hook', changes: [], intended }],
      1_000,
    );
  }
}

export function describeDestroyedScenes(withStore: WithStore): void {
  describe('destroyed scenes', () => {
    test('are counted by when that was first noted, if they had anything in Plex', () =>
      withStore(async (store) => {
        await written(store, 1, 2, 3);
        await store.links.drop([linkId(3, 103)], { withBase: false });
        await store.destroyed.note(ids(1, 9), 1_000);
        await store.destroyed.note(ids(1, 2, 3), 2_000);
        expect(await store.destroyed.countSince(0)).toBe(3);
        expect(await store.destroyed.countSince(1_000)).toBe(2);
        expect(await store.destroyed.countSince(2_000)).toBe(0);
      }));

    test('that are back are none', () =>
      withStore(async (store) => {
        await written(store, 1, 2);
        await store.destroyed.note(ids(1, 2), 1_000);
        await store.destroyed.takeBack(ids(1, 9));
        expect(await store.destroyed.countSince(0)).toBe(1);
        expect(await store.destroyed.forgetBefore(5_000)).toBe(1);
        expect(await store.links.ofScenes(ids(1, 2))).toEqual(
          new Map([[ids(1)[0], [link(1, 101, { writtenAt: 1_000 })]]]),
        );
      }));

    test('noted long ago lose links and base; the journal stays, with nothing open', () =>
      withStore(async (store) => {
        await written(store, 1, 2, 3);
        await store.destroyed.note(ids(1), 1_000);
        await store.destroyed.note(ids(2), 2_000);
        expect(await store.destroyed.forgetBefore(2_000)).toBe(1);
        expect([...(await store.links.ofScenes(ids(1, 2, 3))).keys()]).toEqual(ids(2, 3));
        const bases = await store.links.bases([linkId(1, 101), linkId(2, 102)]);
        expect([...bases.keys()]).toEqual([linkIdText(linkId(2, 102))]);
        const entries = await store.journal.list({ limit: 10 });
        expect(entries.map(({ sceneId: id, state }) => `${id} ${state}`).sort()).toEqual([
          '1 given-up',
          '2 sent',
          '3 sent',
        ]);
        expect(await store.destroyed.countSince(0)).toBe(1);
        expect(await store.destroyed.forgetBefore(2_000)).toBe(0);
      }));
  });
}
