import { describe, expect, test } from 'vitest';
import { sceneId } from '../../core/ids.ts';
import type { Change } from '../../core/journalEntry.ts';
import { linkIdText } from '../../core/link.ts';
import type { BaseByField } from '../../core/planning/plan.ts';
import type { Store } from '../port.ts';
import { itemKey, link, linkId } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const change = (field: Change['field'], after: Change['after']): Change => ({
  field,
  before: field === 'genres' ? [] : '',
  after,
  wasLocked: false,
  wasLockOurs: false,
  isLocked: true,
  ours: { before: null, after },
  entries: null,
  reason: 'first',
});

const write = {
  ...linkId(1, 10),
  source: 'hook' as const,
  changes: [change('title', 'Ünïcode\u0000 \u{1f3ac}'), change('genres', ['a', 'b'])],
  intended: { title: 'Ünïcode\u0000 \u{1f3ac}', genres: ['a', 'b'] },
};

const arrived = (value: string | readonly string[]) => ({ value, intended: null, isLockOurs: true });
const proof = { desiredHash: 'hash', updatedAt: 1_700_000_000 };

const basesOf = async ({ links }: Store): Promise<BaseByField | undefined> =>
  (await links.bases([write])).get(linkIdText(write));

const linkOf = async ({ links }: Store) => (await links.ofScenes([write.sceneId])).get(write.sceneId)?.[0];

const statesOf = async ({ journal }: Store): Promise<readonly string[]> =>
  (await journal.list({ limit: 100 })).map((entry) => entry.state);

export function describeJournal(withStore: WithStore): void {
  const withWrite = (work: (store: Store) => Promise<void>): Promise<void> =>
    withStore(async (store) => {
      await store.links.put([link(1, 10)]);
      await store.journal.intend([write], 4_000);
      await work(store);
    });

  describe('intend', () => {
    test('writes down what will be sent, before it is sent', () =>
      withWrite(async (store) => {
        expect(await store.journal.list({ limit: 10 })).toEqual([
          {
            id: expect.any(Number),
            at: 4_000,
            state: 'sent',
            sceneId: write.sceneId,
            item: write.item,
            source: 'hook',
            changes: write.changes,
            undone: [],
          },
        ]);
        expect(await basesOf(store)).toEqual({
          title: { value: null, intended: write.intended.title, isLockOurs: true },
          genres: { value: null, intended: ['a', 'b'], isLockOurs: true },
        });
        expect(await linkOf(store)).toMatchObject({ writtenAt: 4_000, verifiedAt: null });
      }));

    test('leaves the base of what arrived before as it is, beside what is intended now', () =>
      withWrite(async (store) => {
        await store.journal.prove(
          [{ ...write, arrived: { title: arrived('old') }, givenUp: [], proof }],
          5_000,
        );
        await store.journal.intend([{ ...write, intended: { title: 'new' } }], 6_000);
        expect((await basesOf(store))?.title).toEqual({ value: 'old', intended: 'new', isLockOurs: true });
      }));

    test('takes a lock for ours only where there was none, and never gives it back', () =>
      withStore(async (store) => {
        await store.links.put([link(1, 10)]);
        const locked = { ...write, changes: write.changes.map((each) => ({ ...each, wasLocked: true })) };
        await store.journal.intend([locked], 4_000);
        expect((await basesOf(store))?.title?.isLockOurs).toBe(false);
        await store.journal.intend([write], 5_000);
        await store.journal.intend([locked], 6_000);
        expect((await basesOf(store))?.title?.isLockOurs).toBe(true);
      }));

    test('of a write without a link refuses all the writes, and saves none', () =>
      withWrite(async (store) => {
        const intended = store.journal.intend([write, { ...write, ...linkId(9, 9) }], 5_000);
        await expect(intended).rejects.toThrow('9@uuid-movies/9');
        expect(await statesOf(store)).toEqual(['sent']);
        expect(await linkOf(store)).toMatchObject({ writtenAt: 4_000 });
      }));
  });

  describe('prove', () => {
    test('of all fields makes them the base, closes the journal and verifies the link', () =>
      withWrite(async (store) => {
        const fields = { title: arrived('x'), genres: arrived(['a']) };
        await store.journal.prove([{ ...write, arrived: fields, givenUp: [], proof }], 5_000);
        expect(await basesOf(store)).toEqual(fields);
        expect(await statesOf(store)).toEqual(['arrived']);
        expect(await linkOf(store)).toEqual(
          link(1, 10, { desiredHash: 'hash', verifiedUpdatedAt: 1_700_000_000, verifiedAt: 5_000 }),
        );
      }));

    test('of some fields, the rest being awaited, leaves link and journal open', () =>
      withWrite(async (store) => {
        const fields = { title: arrived('x') };
        await store.journal.prove([{ ...write, arrived: fields, givenUp: [], proof: null }], 5_000);
        expect(await basesOf(store)).toEqual({
          title: arrived('x'),
          genres: { value: null, intended: ['a', 'b'], isLockOurs: true },
        });
        expect(await statesOf(store)).toEqual(['sent']);
        expect(await linkOf(store)).toMatchObject({ writtenAt: 4_000, verifiedAt: null });
      }));

    test('that gives a field up empties what was intended and keeps its base', () =>
      withWrite(async (store) => {
        await store.journal.prove(
          [{ ...write, arrived: { title: arrived('old') }, givenUp: [], proof }],
          5_000,
        );
        await store.journal.intend([{ ...write, intended: { title: 'new' } }], 6_000);
        await store.journal.prove([{ ...write, arrived: {}, givenUp: ['title'], proof }], 7_000);
        expect((await basesOf(store))?.title).toEqual(arrived('old'));
        expect(await statesOf(store)).toEqual(['given-up', 'arrived']);
        expect(await linkOf(store)).toMatchObject({ writtenAt: null, verifiedAt: 7_000 });
      }));

    test('gives up only the journal rows that name a field of theirs', () =>
      withWrite(async (store) => {
        await store.journal.intend(
          [{ ...write, changes: [change('studio', 'S')], intended: { studio: 'S' } }],
          4_500,
        );
        await store.journal.prove([{ ...write, arrived: {}, givenUp: ['title'], proof: null }], 5_000);
        expect(await statesOf(store)).toEqual(['sent', 'given-up']);
        await store.journal.prove([{ ...write, arrived: {}, givenUp: [], proof }], 6_000);
        expect(await statesOf(store)).toEqual(['arrived', 'given-up']);
      }));

    test('without a write before it verifies an item that was found as wanted', () =>
      withStore(async (store) => {
        await store.links.put([link(1, 10)]);
        const outcome = { ...linkId(1, 10), arrived: {}, givenUp: [], proof: { ...proof, updatedAt: null } };
        await store.journal.prove([outcome], 5_000);
        expect(await linkOf(store)).toMatchObject({
          desiredHash: 'hash',
          verifiedUpdatedAt: null,
          verifiedAt: 5_000,
        });
      }));

    test('leaves the journal rows of other links open', () =>
      withWrite(async (store) => {
        await store.links.put([link(1, 11)]);
        await store.journal.intend([{ ...write, ...linkId(1, 11) }], 4_500);
        await store.journal.prove([{ ...write, arrived: {}, givenUp: [], proof }], 5_000);
        expect(await statesOf(store)).toEqual(['sent', 'arrived']);
      }));
  });

  describe('journal.list', () => {
    test('goes back page by page, newest first, and by scene if asked', () =>
      withStore(async (store) => {
        await store.links.put([link(1, 10), link(2, 20)]);
        const writes = [linkId(1, 10), linkId(2, 20), linkId(1, 10), linkId(2, 20), linkId(1, 10)];
        for (const [index, id] of writes.entries()) await store.journal.intend([{ ...write, ...id }], index);
        const first = await store.journal.list({ limit: 2 });
        expect(first.map((entry) => entry.at)).toEqual([4, 3]);
        const before = first[1]?.id ?? 0;
        expect((await store.journal.list({ limit: 2, before })).map((entry) => entry.at)).toEqual([2, 1]);
        const ofScene = await store.journal.list({ scene: sceneId('1'), limit: 10, before });
        expect(ofScene.map((entry) => entry.at)).toEqual([2, 0]);
        expect(ofScene[0]?.item).toEqual(itemKey(10));
      }));
  });
}
