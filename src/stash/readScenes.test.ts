import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { sceneId } from '../core/ids.ts';
import { clientOf, findScene, ids, rawScene, serveStash } from './testing/miniStash.ts';

describe('reading scenes', () => {
  test('a scene that is gone is null and leaves the others alone', async () => {
    const stash = await serveStash({
      findScene: ({ id }: { readonly id: string }) => (id === '2' ? null : rawScene(id)),
    });
    const read = await clientOf(stash.url).readScenes(ids(1, 2, 3));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { id: '1', title: 'Scene 1' }],
      ['2', null],
      ['3', { id: '3', title: 'Scene 3' }],
    ]);
    expect(stash.asked).toHaveLength(1);
  });

  test('a scene that Stash cannot show is its own failure', async () => {
    const broken = new GraphQLError('Internal system error');
    const stash = await serveStash({
      findScene: ({ id }: { readonly id: string }) => (id === '2' ? broken : rawScene(id)),
    });
    const read = await clientOf(stash.url).readScenes(ids(1, 2));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { id: '1' }],
      ['2', { class: 'rejected', message: 'Stash answered with an error: Internal system error' }],
    ]);
  });

  test('a scene whose studio cannot be read is not taken for one without', async () => {
    const stash = await serveStash({
      findScene: ({ id }: { readonly id: string }) =>
        rawScene(id, { studio: id === '2' ? new GraphQLError('no rows') : null }),
    });
    const read = await clientOf(stash.url).readScenes(ids(1, 2));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { studio: null }],
      ['2', { class: 'rejected' }],
    ]);
  });

  test('a locked database is nobody’s fault: all wait', async () => {
    const stash = await serveStash({ findScene: () => new GraphQLError('database is locked') });
    expect(await clientOf(stash.url).readScenes(ids(1, 2))).toMatchObject({
      ok: false,
      failure: { class: 'unreachable', message: 'Stash cannot answer just now: database is locked' },
    });
  });

  test('at most a hundred go in one request, each once', async () => {
    const stash = await serveStash({ findScene });
    const wanted = ids(...Array.from({ length: 250 }, (_, index) => index + 1), 1, 2, 3);
    const read = await clientOf(stash.url).readScenes(wanted);
    expect(read.ok && [...read.value.keys()]).toEqual(wanted.slice(0, 250));
    expect(stash.asked.map((each) => Object.keys(each.variables).length)).toEqual([100, 100, 50]);
  });

  test('none asks nothing', async () => {
    const stash = await serveStash({ findScene });
    expect(await clientOf(stash.url).readScenes([])).toEqual({ ok: true, value: new Map() });
    expect(stash.asked).toEqual([]);
  });

  test('what is no id cannot be asked for', async () => {
    const client = clientOf('http://127.0.0.1:9');
    await expect(client.readScenes([sceneId('1") { id } x: findScene(id: "2')])).rejects.toThrow(
      'no scene id',
    );
  });
});
