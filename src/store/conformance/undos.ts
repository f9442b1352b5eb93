import { describe, expect, test } from 'vitest';
import type { FieldName } from '../../core/field.ts';
import { sceneId } from '../../core/ids.ts';
import type { TriggerSource } from '../../core/job.ts';
import type { Change } from '../../core/journalEntry.ts';
import type { IntendedWrite, Store } from '../port.ts';
import { link, linkId } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

const change = (field: FieldName): Change => ({
  field,
  before: 'before',
  after: 'after',
  wasLocked: true,
  wasLockOurs: true,
  isLocked: false,
  ours: { before: ['a'], after: null },
  entries: { before: [{ name: 'Ann', role: 'Herself' }], after: [] },
  reason: 'first',
});

const write = (scene: number, source: TriggerSource = 'hook'): IntendedWrite => ({
  ...linkId(scene, scene * 10),
  source,
  changes: [change('title'), change('summary')],
  intended: {},
});

/** Writes, one a millisecond from 1,000 on. @returns their ids, the oldest first. */
async function written(store: Store, writes: readonly IntendedWrite[]): Promise<readonly number[]> {
  await store.links.put(writes.map(({ sceneId: id }) => link(Number(id), Number(id) * 10)));
  for (const [index, each] of writes.entries()) await store.journal.intend([each], 1_000 + index);
  const entries = await store.journal.list({ limit: writes.length });
  return entries.map(({ id }) => id).toReversed();
}

const scene = (id: number) => sceneId(String(id));
const asked = { isForced: false, at: 2_000 };

export function describeUndos(withStore: WithStore): void {
  describe('a change in the journal', () => {
    test('comes back whole, with who asked for it', () =>
      withStore(async (store) => {
        const [id = 0] = await written(store, [write(1, 'poll')]);
        expect(await store.journal.entries([id, id + 1])).toEqual([
          expect.objectContaining({
            id,
            source: 'poll',
            changes: [change('title'), change('summary')],
            undone: [],
          }),
        ]);
      }));

    test('takes a lock for ours only if it sets one', () =>
      withStore(async (store) => {
        await store.links.put([link(1, 10)]);
        const unlocked = { ...change('title'), wasLocked: false, isLocked: false };
        await store.journal.intend([{ ...write(1), changes: [unlocked], intended: { title: 'x' } }], 1_000);
        const [bases] = [...(await store.links.bases([linkId(1, 10)])).values()];
        expect(bases?.title?.isLockOurs).toBe(false);
      }));
  });

  describe('journal.list', () => {
    test('goes back to a time, also of one scene', () =>
      withStore(async (store) => {
        const ids = await written(store, [write(1), write(2), write(1), write(2)]);
        const idsOf = async (request: Parameters<Store['journal']['list']>[0]) =>
          (await store.journal.list(request)).map(({ id }) => id);
        expect(await idsOf({ since: 1_001, limit: 9 })).toEqual([ids[3], ids[2], ids[1]]);
        expect(await idsOf({ since: 1_001, scene: scene(1), limit: 9 })).toEqual([ids[2]]);
        expect(await idsOf({ since: 1_001, before: ids[3] ?? 0, limit: 1 })).toEqual([ids[2]]);
        expect(await idsOf({ since: 1_004, limit: 9 })).toEqual([]);
      }));
  });

  describe('journal.prune', () => {
    const left = async ({ journal }: Store): Promise<readonly number[]> =>
      (await journal.list({ limit: 99 })).map(({ at }) => at);

    test('forgets what is older than a time, the oldest first and so many at once', () =>
      withStore(async (store) => {
        await written(store, [write(1), write(2), write(3), write(4)]);
        const bounds = { olderThan: 1_003, keep: 99, limit: 2 };
        expect(await store.journal.prune(bounds)).toBe(2);
        expect(await left(store)).toEqual([1_003, 1_002]);
        expect(await store.journal.prune(bounds)).toBe(1);
        expect(await store.journal.prune(bounds)).toBe(0);
        expect(await left(store)).toEqual([1_003]);
      }));

    test('keeps the latest so many, however young the others are', () =>
      withStore(async (store) => {
        await written(store, [write(1), write(2), write(3), write(4)]);
        expect(await store.journal.prune({ olderThan: 0, keep: 2, limit: 9 })).toBe(2);
        expect(await left(store)).toEqual([1_003, 1_002]);
        expect(await store.journal.prune({ olderThan: 0, keep: 2, limit: 9 })).toBe(0);
      }));

    test('takes along what is known of an undo, but never what is being undone', () =>
      withStore(async (store) => {
        const [first = 0, second = 0] = await written(store, [write(1), write(2)]);
        await store.undos.ask([first, second], asked);
        await store.undos.settle([{ write: second, undone: ['title'], left: 'summary: changed' }]);
        expect(await store.journal.prune({ olderThan: 9_999, keep: 0, limit: 9 })).toBe(1);
        expect(await left(store)).toEqual([1_000]);
        expect(await store.undos.report({ since: 0, limit: 9 })).toEqual({
          open: 1,
          done: 0,
          left: 0,
          notes: [],
        });
      }));
  });

  describe('undos', () => {
    test('are open, newest write first, until they are settled, and hold their scenes', () =>
      withStore(async (store) => {
        const ids = await written(store, [write(1), write(2), write(1)]);
        expect(await store.undos.ask([...ids, 999], asked)).toEqual([scene(1), scene(2)]);
        const open = await store.undos.open([1, 2, 3].map(scene));
        expect([...open].map(([id, undos]) => [id, undos.map(({ entry }) => entry.id)])).toEqual([
          [scene(1), [ids[2], ids[0]]],
          [scene(2), [ids[1]]],
        ]);
        expect(await store.undos.countOpen()).toBe(3);
        expect(await store.holds.of([1, 2, 3].map(scene))).toEqual(
          new Map(
            [1, 2].map((id) => [
              scene(id),
              { sceneId: scene(id), at: 2_000, by: 'undo', reason: '', passedOverAt: null },
            ]),
          ),
        );
        await store.undos.settle(ids.map((id) => ({ write: id, undone: ['title', 'summary'], left: null })));
        expect(await store.undos.countOpen()).toBe(0);
        expect(await store.undos.open([scene(1)])).toEqual(new Map());
        expect(await store.holds.count()).toBe(2);
      }));

    test('are found scene by scene', () =>
      withStore(async (store) => {
        const ids = await written(store, [write(1), write(2), write(1), write(3)]);
        await store.undos.ask(ids, asked);
        const first = await store.undos.scenesWithOpen({ after: null, limit: 2 });
        expect(first).toEqual([scene(1), scene(2)]);
        expect(await store.undos.scenesWithOpen({ after: scene(2), limit: 2 })).toEqual([scene(3)]);
      }));

    test('note for each field the write that undid it, and forget that when it is undone itself', () =>
      withStore(async (store) => {
        const [first = 0] = await written(store, [write(1)]);
        await store.undos.ask([first], asked);
        await store.journal.intend([write(1, 'undo')], 2_001);
        const [undo] = await store.journal.list({ limit: 1 });
        await store.undos.settle([{ write: first, undone: ['title'], left: 'summary: changed' }]);
        const undoneOf = async (id: number) => (await store.journal.entries([id]))[0]?.undone;
        expect(await undoneOf(first)).toEqual([{ field: 'title', by: undo?.id }]);

        await store.undos.ask([undo?.id ?? 0], { ...asked, at: 3_000 });
        await store.undos.settle([{ write: undo?.id ?? 0, undone: ['title'], left: null }]);
        expect(await undoneOf(first)).toEqual([]);
        expect(await undoneOf(undo?.id ?? 0)).toEqual([{ field: 'title', by: null }]);
      }));

    test('are reported from a time on, with what stayed as it is; asked for anew they are open again', () =>
      withStore(async (store) => {
        const [first = 0, second = 0] = await written(store, [write(1), write(2)]);
        await store.undos.ask([first], { isForced: false, at: 2_000 });
        await store.undos.ask([second], { isForced: true, at: 3_000 });
        await store.undos.settle([{ write: first, undone: [], left: 'gone' }]);
        expect(await store.undos.report({ since: 2_000, limit: 9 })).toEqual({
          open: 1,
          done: 1,
          left: 1,
          notes: [{ write: first, scene: scene(1), words: 'gone' }],
        });
        expect(await store.undos.report({ since: 2_001, limit: 9 })).toMatchObject({ open: 1, done: 0 });
        await store.undos.ask([first], { isForced: true, at: 4_000 });
        expect((await store.undos.open([scene(1)])).get(scene(1))).toMatchObject([{ isForced: true }]);
        expect(await store.undos.report({ since: 0, limit: 9 })).toMatchObject({ open: 2, left: 0 });
      }));
  });

  describe('holds', () => {
    const byPerson = { at: 1_000, by: 'person', reason: 'Ünïcode' } as const;

    test('keep the first hold of a scene, and are listed newest first', () =>
      withStore(async ({ holds }) => {
        expect(await holds.put([scene(1), scene(2)], byPerson)).toBe(2);
        expect(await holds.put([scene(2), scene(3)], { at: 2_000, by: 'undo', reason: '' })).toBe(1);
        expect((await holds.list(9)).map(({ sceneId: id, by }) => [id, by])).toEqual([
          [scene(3), 'undo'],
          [scene(1), 'person'],
          [scene(2), 'person'],
        ]);
        expect(await holds.list(1)).toHaveLength(1);
        expect(await holds.count()).toBe(3);
      }));

    test('note when a job was passed over', () =>
      withStore(async ({ holds }) => {
        await holds.put([scene(1)], byPerson);
        await holds.notePassedOver([scene(1), scene(2)], 5_000);
        expect(await holds.list(9)).toEqual([{ sceneId: scene(1), ...byPerson, passedOverAt: 5_000 }]);
      }));

    test('released are gone, with what was still to be undone; others were never held', () =>
      withStore(async (store) => {
        const ids = await written(store, [write(1), write(2)]);
        await store.undos.ask(ids, asked);
        expect(await store.holds.release([scene(1), scene(1), scene(7)])).toEqual([scene(1)]);
        expect(await store.undos.countOpen()).toBe(1);
        expect([...(await store.holds.of([scene(1), scene(2)])).keys()]).toEqual([scene(2)]);
      }));

    test('of a destroyed scene go with the rest of what is known of it', () =>
      withStore(async (store) => {
        const ids = await written(store, [write(1)]);
        await store.undos.ask(ids, asked);
        await store.holds.put([scene(2)], byPerson);
        await store.destroyed.note([scene(1), scene(2), scene(3)], 3_000);
        expect(await store.destroyed.forgetBefore(3_001)).toBe(2);
        expect(await store.holds.count()).toBe(0);
        expect(await store.undos.countOpen()).toBe(0);
      }));
  });
}
