import { describe, expect, test } from 'vitest';
import { entityId, type SceneId, sceneId } from '../../core/ids.ts';
import type { EntityKind } from '../../core/scene.ts';
import type { RememberedScene, SceneMemory } from '../sceneMemory.ts';
import type { WithStore } from './storeRunner.ts';

const id = (value: number): SceneId => sceneId(String(value));

const remembered = (scene: number, ...tags: readonly number[]): RememberedScene => ({
  id: id(scene),
  updatedAt: '2026-01-02T03:04:05Z',
  entities: tags.map((each) => ({ kind: 'tag', id: entityId(String(each)) })),
});

const carrying = (
  scenes: SceneMemory,
  entity: number,
  facts: { kind?: EntityKind; after?: SceneId; limit?: number } = {},
): Promise<readonly SceneId[]> =>
  scenes.carrying({ kind: 'tag', id: entityId(String(entity)), after: null, limit: 100, ...facts });

export function describeSceneMemory(withStore: WithStore): void {
  describe('entities of scenes', () => {
    test('are those of the last read', () =>
      withStore(async ({ scenes }) => {
        await scenes.remember([remembered(1, 7, 8), remembered(2, 7)]);
        await scenes.remember([remembered(1, 8, 9)]);
        expect(await carrying(scenes, 7)).toEqual([id(2)]);
        expect(await carrying(scenes, 8)).toEqual([id(1)]);
        expect(await carrying(scenes, 9)).toEqual([id(1)]);
      }));

    test('of one id and different kinds are told apart', () =>
      withStore(async ({ scenes }) => {
        const performer = { ...remembered(1), entities: [{ kind: 'performer', id: entityId('7') }] as const };
        await scenes.remember([performer, remembered(2, 7, 7)]);
        expect(await carrying(scenes, 7)).toEqual([id(2)]);
        expect(await carrying(scenes, 7, { kind: 'performer' })).toEqual([id(1)]);
        expect(await carrying(scenes, 7, { kind: 'studio' })).toEqual([]);
      }));

    test('are gone when there are none any more, or the scene is forgotten', () =>
      withStore(async ({ scenes }) => {
        await scenes.remember([remembered(1, 7), remembered(2, 7), remembered(3, 7)]);
        await scenes.remember([remembered(1)]);
        await scenes.forget([id(2), id(99)]);
        expect(await carrying(scenes, 7)).toEqual([id(3)]);
      }));

    test('give their scenes in pages, in order of the ids’ values', () =>
      withStore(async ({ scenes }) => {
        const ids = [2, 9, 10, 11, 99, 100, 1_000, 20_000];
        await scenes.remember(ids.toReversed().map((each) => remembered(each, 7)));
        const pages: SceneId[][] = [];
        let after: SceneId | undefined;
        do {
          const page = await carrying(scenes, 7, { limit: 3, ...(after === undefined ? {} : { after }) });
          pages.push([...page]);
          after = page.at(-1);
        } while (after !== undefined);
        expect(pages).toEqual([[2, 9, 10].map(id), [11, 99, 100].map(id), [1_000, 20_000].map(id), []]);
      }));

    test('can be paged from a scene that does not carry them', () =>
      withStore(async ({ scenes }) => {
        await scenes.remember([remembered(9, 7), remembered(10, 8), remembered(11, 7)]);
        expect(await carrying(scenes, 7, { after: id(10) })).toEqual([id(11)]);
      }));
  });

  describe('what was seen', () => {
    test('is the last text, whether it was marked or remembered', () =>
      withStore(async ({ scenes }) => {
        await scenes.markSeen('scene', [
          { id: id(1), updatedAt: 'b' },
          { id: id(2), updatedAt: 'b' },
        ]);
        await scenes.markSeen('scene', [{ id: id(1), updatedAt: 'a' }]);
        await scenes.remember([remembered(2, 7)]);
        expect(await scenes.seen('scene', [id(1), id(2), id(3)])).toEqual(
          new Map([
            [id(1), 'a'],
            [id(2), '2026-01-02T03:04:05Z'],
          ]),
        );
      }));

    test('can be marked without losing the entities', () =>
      withStore(async ({ scenes }) => {
        await scenes.remember([remembered(1, 7)]);
        await scenes.markSeen('scene', [{ id: id(1), updatedAt: 'later' }]);
        expect(await carrying(scenes, 7)).toEqual([id(1)]);
      }));

    test('is forgotten with the scene', () =>
      withStore(async ({ scenes }) => {
        await scenes.markSeen('scene', [{ id: id(1), updatedAt: 'a' }]);
        await scenes.forget([id(1)]);
        expect(await scenes.seen('scene', [id(1)])).toEqual(new Map());
      }));

    test('is told for a range of scenes, by the values of their ids', () =>
      withStore(async ({ scenes }) => {
        const all = [1, 2, 9, 10, 99, 100, 1_000];
        await scenes.markSeen(
          'scene',
          all.map((each) => ({ id: id(each), updatedAt: `at ${each}` })),
        );
        const between = async (after: number | null, upTo: number | null): Promise<readonly string[]> => {
          const [from, to] = [after, upTo].map((each) => (each === null ? null : id(each)));
          return [...(await scenes.seenBetween({ after: from ?? null, upTo: to ?? null })).values()].sort();
        };
        expect(await between(2, 99)).toEqual(['at 10', 'at 9', 'at 99']);
        expect(await between(null, 2)).toEqual(['at 1', 'at 2']);
        expect(await between(99, null)).toEqual(['at 100', 'at 1000']);
        expect(await between(null, null)).toHaveLength(7);
        expect(await between(1_000, null)).toEqual([]);
      }));

    test('of entities is told apart by kind, and from scenes', () =>
      withStore(async ({ scenes }) => {
        const one = entityId('1');
        await scenes.markSeen('scene', [{ id: id(1), updatedAt: 'scene' }]);
        await scenes.markSeen('tag', [{ id: one, updatedAt: 'old' }]);
        await scenes.markSeen('studio', [{ id: one, updatedAt: 'studio' }]);
        await scenes.markSeen('tag', [{ id: one, updatedAt: 'tag' }]);
        expect(await scenes.seen('tag', [one, entityId('2')])).toEqual(new Map([[one, 'tag']]));
        expect(await scenes.seen('studio', [one])).toEqual(new Map([[one, 'studio']]));
        expect(await scenes.seen('performer', [one])).toEqual(new Map());
        expect(await scenes.seen('scene', [id(1)])).toEqual(new Map([[id(1), 'scene']]));
      }));

    test('of entities can be forgotten; the scenes that carried them are still known', () =>
      withStore(async ({ scenes }) => {
        await scenes.remember([remembered(1, 7)]);
        const stamps = [7, 8].map((each) => ({ id: entityId(String(each)), updatedAt: 'a' }));
        await scenes.markSeen('tag', stamps);
        await scenes.forgetEntities('tag', [entityId('7'), entityId('99')]);
        expect(
          await scenes.seen(
            'tag',
            stamps.map((stamp) => stamp.id),
          ),
        ).toEqual(new Map([[entityId('8'), 'a']]));
        expect(await carrying(scenes, 7)).toEqual([id(1)]);
      }));
  });

  describe('missing files', () => {
    const lookup = { nameKeys: ['a.mp4'], sizes: [700] };

    test('lead to the scenes that look for an equal name or an equal size, each once', () =>
      withStore(async ({ scenes }) => {
        await scenes.noteMissing([
          { sceneId: id(1), nameKeys: ['a.mp4', 'b.mp4'], sizes: [700] },
          { sceneId: id(2), nameKeys: ['c.mp4'], sizes: [700] },
          { sceneId: id(3), nameKeys: ['a.mp4'], sizes: [] },
          { sceneId: id(4), nameKeys: ['c.mp4'], sizes: [800] },
        ]);
        expect(new Set(await scenes.missing(lookup))).toEqual(new Set([id(1), id(2), id(3)]));
        expect(await scenes.missing(lookup)).toHaveLength(3);
        expect(await scenes.missing({ nameKeys: ['b.mp4'], sizes: [] })).toEqual([id(1)]);
        expect(await scenes.missing({ nameKeys: [], sizes: [] })).toEqual([]);
      }));

    test('are replaced by a new note, and taken away by an empty one', () =>
      withStore(async ({ scenes }) => {
        await scenes.noteMissing([{ sceneId: id(1), nameKeys: ['a.mp4', 'a.mp4'], sizes: [700, 700] }]);
        await scenes.noteMissing([{ sceneId: id(1), nameKeys: ['b.mp4'], sizes: [800] }]);
        expect(await scenes.missing(lookup)).toEqual([]);
        expect(await scenes.missing({ nameKeys: [], sizes: [800] })).toEqual([id(1)]);
        await scenes.noteMissing([{ sceneId: id(1), nameKeys: [], sizes: [] }]);
        expect(await scenes.missing({ nameKeys: ['b.mp4'], sizes: [800] })).toEqual([]);
      }));

    test('are forgotten with the scene', () =>
      withStore(async ({ scenes }) => {
        await scenes.noteMissing([{ sceneId: id(1), nameKeys: ['a.mp4'], sizes: [700] }]);
        await scenes.forget([id(1)]);
        expect(await scenes.missing(lookup)).toEqual([]);
      }));
  });
}
