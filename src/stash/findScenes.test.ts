import { describe, expect, test } from 'vitest';
import { entityId, sceneId } from '../core/ids.ts';
import type { EntityKind } from '../core/scene.ts';
import { clientOf, rawFile, rawScene, serveStash } from './testing/miniStash.ts';

describe('lists', () => {
  const found = (...scenes: readonly object[]) => ({ findScenes: () => ({ scenes }) });

  test('the newest come by the time of their change', async () => {
    const stash = await serveStash(found({ id: '7', updated_at: '2026-11-24T03:00:00+01:00' }));
    expect(await clientOf(stash.url).newestScenes({ page: 2, perPage: 50 })).toEqual({
      ok: true,
      value: [{ id: '7', updatedAt: '2026-11-24T03:00:00+01:00' }],
    });
    expect(stash.asked[0]?.variables).toEqual({
      page: { sort: 'updated_at', direction: 'DESC', page: 2, per_page: 50 },
      which: {},
    });
  });

  test.each([
    ['performer', 'findPerformers', 'performers'],
    ['studio', 'findStudios', 'studios'],
    ['tag', 'findTags', 'tags'],
    ['group', 'findGroups', 'groups'],
  ] as const)('the newest of each %s come by the time of their change', async (kind, query, list) => {
    const stash = await serveStash({
      [query]: () => ({ [list]: [{ id: '7', updated_at: '2026-11-24T03:00:00Z' }] }),
    });
    expect(await clientOf(stash.url).newestEntities(kind, { page: 3, perPage: 20 })).toEqual({
      ok: true,
      value: [{ id: '7', updatedAt: '2026-11-24T03:00:00Z' }],
    });
    expect(stash.asked[0]?.variables).toEqual({
      page: { sort: 'updated_at', direction: 'DESC', page: 3, per_page: 20 },
    });
  });

  test('one tag tells when it was changed, or that it is gone', async () => {
    const stash = await serveStash({
      findTag: ({ id }: { readonly id: string }) => (id === '7' ? { id, updated_at: 'then' } : null),
    });
    const client = clientOf(stash.url);
    expect(await client.entityStamp('tag', entityId('7'))).toEqual({ ok: true, value: 'then' });
    expect(await client.entityStamp('tag', entityId('8'))).toEqual({ ok: true, value: null });
  });

  test('ids come after the last one known', async () => {
    const stash = await serveStash(found({ id: '8' }, { id: '11' }));
    const client = clientOf(stash.url);
    expect(await client.sceneIdsAfter({ after: sceneId('7'), limit: 500 })).toEqual({
      ok: true,
      value: ['8', '11'],
    });
    await client.sceneIdsAfter({ after: null, limit: 500 });
    const page = { sort: 'id', direction: 'ASC', per_page: 500 };
    expect(stash.asked.map((each) => each.variables)).toEqual([
      { page, which: { id: { value: 7, modifier: 'GREATER_THAN' } } },
      { page, which: { id: { value: 0, modifier: 'GREATER_THAN' } } },
    ]);
  });

  test('whole scenes come after the last one known, and one that makes no sense fails alone', async () => {
    const broken = rawScene('9', { performers: [{ id: 'x', name: 'Without an id' }] });
    const stash = await serveStash(found(rawScene('8', { title: 'A title' }), broken));
    const listed = await clientOf(stash.url).scenesAfter({ after: sceneId('7'), limit: 500 });
    expect(listed).toMatchObject({
      ok: true,
      value: [
        { id: '8', scene: { id: '8', title: 'A title' } },
        { id: '9', scene: { class: 'rejected', peer: 'stash' } },
      ],
    });
    expect(stash.asked[0]?.variables).toEqual({
      page: { sort: 'id', direction: 'ASC', per_page: 500 },
      which: { id: { value: 7, modifier: 'GREATER_THAN' } },
    });
  });

  test.each<[EntityKind, object]>([
    ['performer', { performers: { value: ['5'], modifier: 'INCLUDES' } }],
    ['group', { groups: { value: ['5'], modifier: 'INCLUDES' } }],
    ['studio', { studios: { value: ['5'], modifier: 'INCLUDES', depth: -1 } }],
    ['tag', { tags: { value: ['5'], modifier: 'INCLUDES', depth: -1 } }],
  ])('of those that carry a %s', async (kind, filter) => {
    const stash = await serveStash(found());
    const carrying = { kind, id: entityId('5') };
    expect(await clientOf(stash.url).sceneIdsAfter({ after: null, limit: 1, carrying })).toMatchObject({
      ok: true,
    });
    expect(stash.asked[0]?.variables['which']).toMatchObject(filter);
  });

  test('files are found by their exact name, though Stash finds more', async () => {
    const named = (id: string, basename: string) =>
      rawScene(id, { files: [rawFile('x.mp4'), rawFile(basename)] });
    const stash = await serveStash(
      found(named('1', 'a b.mp4'), named('2', 'A B.mp4'), named('3', 'not a b.mp4')),
    );
    const read = await clientOf(stash.url).scenesWithFileNamed('a b.mp4');
    expect(read.ok && read.value.map((scene) => scene.id)).toEqual(['1']);
    expect(stash.asked[0]?.variables['which']).toMatchObject({
      path: { value: '"a b.mp4"', modifier: 'INCLUDES' },
    });
  });

  test('a name of many files is followed over pages', async () => {
    const all = Array.from({ length: 250 }, (_, index) =>
      rawScene(String(index + 1), { files: [rawFile('a.mp4')] }),
    );
    const stash = await serveStash({
      findScenes: (args: { scene_filter: { id: { value: number } }; filter: { per_page: number } }) => ({
        scenes: all.slice(args.scene_filter.id.value).slice(0, args.filter.per_page),
      }),
    });
    const read = await clientOf(stash.url).scenesWithFileNamed('a.mp4');
    expect(read.ok && read.value).toHaveLength(250);
    expect(stash.asked).toHaveLength(2);
  });

  test('a page that does not go on is refused, since it would be asked for for ever', async () => {
    const same = Array.from({ length: 200 }, (_, index) => rawScene(String(index + 1)));
    const stash = await serveStash(found(...same));
    const client = clientOf(stash.url);
    const refused = {
      failure: {
        class: 'rejected',
        message: expect.stringContaining('asked for those after 200, it ends with 200'),
      },
    };
    const after = sceneId('200');
    expect(await client.sceneIdsAfter({ after, limit: 200 })).toMatchObject(refused);
    expect(await client.scenesAfter({ after, limit: 200 })).toMatchObject(refused);
    expect(await client.sceneStampsAfter({ after, limit: 200 })).toMatchObject(refused);
    expect(await client.scenesWithFileNamed('1.mp4')).toMatchObject(refused);
    expect(stash.asked).toHaveLength(5);
  });

  test('no name finds nothing, and is not asked for', async () => {
    const stash = await serveStash(found(rawScene('1')));
    expect(await clientOf(stash.url).scenesWithFileNamed('')).toEqual({ ok: true, value: [] });
    expect(stash.asked).toEqual([]);
  });
});
