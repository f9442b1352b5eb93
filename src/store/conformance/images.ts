import { describe, expect, test } from 'vitest';
import { type ImageBase, NO_IMAGE_BASE } from '../../core/images/imageBase.ts';
import { linkIdText } from '../../core/link.ts';
import type { IntendedImage, SettledImage } from '../images.ts';
import type { Store } from '../port.ts';
import { link, linkId } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const ID = linkId(1, 10);
const sent = (name: string) => ({ key: `upload://posters/${name}`, coverTag: `"${name}"` });

const intended = (more: Partial<IntendedImage> = {}): IntendedImage => ({
  ...ID,
  kind: 'poster',
  intended: sent('a'),
  change: {
    field: 'poster',
    before: 'media://1',
    after: 'upload://posters/a',
    wasLocked: false,
    wasLockOurs: false,
    isLocked: true,
    ours: { before: null, after: null },
    entries: null,
    reason: 'first',
  },
  source: null,
  ...more,
});

const settled = (base: Partial<ImageBase>, more: Partial<SettledImage> = {}): SettledImage => ({
  ...ID,
  kind: 'poster',
  base: { ...NO_IMAGE_BASE, ...base },
  writes: null,
  ...more,
});

const baseOf = async ({ images }: Store) => (await images.basesOf([ID])).get(linkIdText(ID));
const statesOf = async ({ journal }: Store) => (await journal.list({ limit: 9 })).map(({ state }) => state);

export function describeImages(withStore: WithStore): void {
  const withLink = (work: (store: Store) => Promise<void>): Promise<void> =>
    withStore(async (store) => {
      await store.links.put([link(1, 10), link(2, 10)]);
      await work(store);
    });

  describe('images', () => {
    test('are written down before they are sent: journal, base, and the link', () =>
      withLink(async (store) => {
        await store.images.intend(intended(), 4_000);
        expect(await baseOf(store)).toEqual({ poster: { ...NO_IMAGE_BASE, intended: sent('a') } });
        expect(await store.journal.list({ limit: 9 })).toMatchObject([
          { at: 4_000, state: 'sent', changes: [{ field: 'poster', after: 'upload://posters/a' }] },
        ]);
        expect((await store.links.ofScenes([ID.sceneId])).get(ID.sceneId)).toMatchObject([
          { writtenAt: 4_000 },
        ]);
      }));

    test('are not sent without a link', () =>
      withStore(async (store) => {
        await expect(store.images.intend(intended(), 4_000)).rejects.toThrow('There is no link');
        expect(await statesOf(store)).toEqual([]);
      }));

    test('are settled each for itself, with all that is known', () =>
      withLink(async (store) => {
        const poster: ImageBase = {
          stamp: '2026-01-01T00:00:00Z',
          coverTag: '"b"',
          skipped: 'webp',
          isKept: true,
          written: sent('a'),
          intended: sent('b'),
          shownPath: '/library/metadata/10/thumb/1',
          isLockOurs: true,
        };
        await store.images.settle([settled(poster), settled({ stamp: 'x' }, { kind: 'background' })]);
        expect(await baseOf(store)).toEqual({
          poster,
          background: { ...NO_IMAGE_BASE, stamp: 'x' },
        });
      }));

    test('that are intended anew keep what arrived before', () =>
      withLink(async (store) => {
        await store.images.settle([settled({ written: sent('a'), isLockOurs: true })]);
        await store.images.intend(intended({ intended: sent('b') }), 5_000);
        expect((await baseOf(store))?.poster).toMatchObject({
          written: sent('a'),
          intended: sent('b'),
          isLockOurs: true,
        });
      }));

    test('close their own journal rows and no others', () =>
      withLink(async (store) => {
        const change = { ...intended().change, field: 'title', before: '', after: 'T' } as const;
        await store.journal.intend(
          [{ ...ID, source: 'hook', changes: [change], intended: { title: 'T' } }],
          1,
        );
        await store.images.intend(intended(), 2);
        await store.images.intend(
          intended({ kind: 'background', change: { ...intended().change, field: 'background' } }),
          3,
        );
        await store.images.settle([settled({}, { writes: 'arrived' })]);
        expect(await statesOf(store)).toEqual(['sent', 'arrived', 'sent']);
        // A proof of the texts says nothing of the image.
        const proof = { desiredHash: 'h', updatedAt: 1 };
        await store.journal.prove([{ ...ID, arrived: {}, givenUp: [], proof }], 4);
        expect(await statesOf(store)).toEqual(['sent', 'arrived', 'arrived']);
      }));

    test('that are sent again have the row before given up', () =>
      withLink(async (store) => {
        await store.images.intend(intended(), 1);
        await store.images.intend(intended({ intended: sent('b') }), 2);
        expect(await statesOf(store)).toEqual(['sent', 'given-up']);
      }));

    test('that are not sent are counted by reason', () =>
      withLink(async (store) => {
        await store.images.settle([
          settled({ skipped: 'webp' }),
          settled({ skipped: 'webp' }, linkId(2, 10)),
          settled({}, { kind: 'background' }),
        ]);
        expect(await store.images.countSkipped()).toEqual({ webp: 2 });
      }));

    test('go with all else that was written to an item, and stay where that stays', () =>
      withLink(async (store) => {
        await store.images.settle([settled({ stamp: 'x' })]);
        await store.links.drop([ID], { withBase: false });
        expect(await baseOf(store)).toBeDefined();
        await store.links.drop([ID], { withBase: true });
        expect(await baseOf(store)).toBeUndefined();
        await store.images.settle([settled({ stamp: 'x' })]);
        await store.links.dropAll();
        expect(await baseOf(store)).toBeUndefined();
      }));
  });
}
