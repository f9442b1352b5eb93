import type { RequestListener } from 'node:http';
import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../core/failure.ts';
import { entityId, type SceneId, sceneId } from '../core/ids.ts';
import type { EntityKind } from '../core/scene.ts';
import { nobodyListens, serveHttp } from '../http/testing/loopback.ts';
import { createStashClient } from './createStashClient.ts';
import { serveStash, stashSchema } from './testing/miniStash.ts';

const clientOf = (url: string, apiKey = '') =>
  createStashClient({ url, apiKey, tlsVerify: true, connectTimeoutMs: 5_000, readTimeoutMs: 5_000 });

const rawFile = (basename: string) => ({
  path: `/data/${basename}`,
  basename,
  size: 1,
  duration: 1,
  fingerprints: [],
});

const rawScene = (id: string, more: object = {}) => ({
  id,
  title: `Scene ${id}`,
  updated_at: '2026-11-24T03:00:00Z',
  performers: [],
  tags: [],
  files: [rawFile(`${id}.mp4`)],
  ...more,
});

const findScene = ({ id }: { readonly id: string }) => rawScene(id);
const ids = (...values: readonly number[]): SceneId[] => values.map((value) => sceneId(String(value)));

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

describe('versions of Stash', () => {
  test('fields are asked about once, when a document is refused', async () => {
    const future = stashSchema('v0.30.1', (sdl) => sdl.replace(/^ *zip_file_id.*$/m, ''));
    const inZip = { ...rawFile('a.mp4'), zip_file: { id: '5' } };
    const stash = await serveStash(
      { findScene: ({ id }: { readonly id: string }) => rawScene(id, { files: [inZip] }) },
      future,
    );
    const client = clientOf(stash.url);
    const read = await client.readScenes(ids(1));
    expect(read.ok && read.value.get(sceneId('1'))).toMatchObject({ files: [{ isInZip: true }] });
    await client.readScenes(ids(2));
    expect(stash.asked.map((each) => each.operation)).toEqual([
      'PlexSyncReadScenes',
      'PlexSyncProbe',
      'PlexSyncReadScenes',
      'PlexSyncReadScenes',
    ]);
  });

  const old = () =>
    stashSchema('v0.27.0', (sdl) => sdl.replace(/^ *groups:.*$/m, '').replace(/^ *files:.*$/m, ''));
  const tooOld = {
    ok: false,
    failure: {
      class: 'settings',
      message: 'Stash v0.26.2 is too old: it does not know Scene.files, SceneFilterType.groups.',
      advice: 'Update Stash to v0.27 or newer.',
    },
  };

  test('one that is too old is named as such, by the probe and by questions', async () => {
    const stash = await serveStash({ version: { version: 'v0.26.2' }, findScene }, old());
    expect(await clientOf(stash.url).probe()).toMatchObject(tooOld);
    expect(await clientOf(stash.url).readScenes(ids(1))).toMatchObject(tooOld);
  });

  test('a refusal that fields do not explain is told in Stash’s words', async () => {
    const strange = stashSchema('v0.30.1', (sdl) => sdl.replaceAll('FindFilterType', 'FindFilterInput'));
    const stash = await serveStash({}, strange);
    expect(await clientOf(stash.url).newestScenes({ page: 1, perPage: 1 })).toMatchObject({
      failure: { class: 'settings', message: expect.stringContaining('Unknown type "FindFilterType"') },
    });
  });

  test('the probe tells the version, empty in unofficial builds', async () => {
    const official = await serveStash({});
    const own = await serveStash({ version: { version: null } });
    expect(await clientOf(official.url).probe()).toEqual({ ok: true, value: { version: 'v0.30.1' } });
    expect(await clientOf(own.url).probe()).toEqual({ ok: true, value: { version: '' } });
  });

  test.each(['SETUP', 'NEEDS_MIGRATION'])('a Stash of status %s is waited for', async (status) => {
    const stash = await serveStash({ systemStatus: { status } });
    expect(await clientOf(stash.url).probe()).toMatchObject({
      failure: { class: 'unreachable', message: `Stash is not ready: its status is ${status}.` },
    });
  });
});

describe('headers', () => {
  test('carry the key when there is one, and nothing that tells of another client', async () => {
    const stash = await serveStash({});
    await clientOf(stash.url, 'k3y').probe();
    await clientOf(stash.url).probe();
    expect(stash.asked.map((each) => each.headers['apikey'])).toEqual(['k3y', undefined]);
    expect(stash.asked[0]?.headers).not.toHaveProperty('x-forwarded-for');
  });
});

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

  test('no name finds nothing, and is not asked for', async () => {
    const stash = await serveStash(found(rawScene('1')));
    expect(await clientOf(stash.url).scenesWithFileNamed('')).toEqual({ ok: true, value: [] });
    expect(stash.asked).toEqual([]);
  });
});

describe('what is not an answer', () => {
  const answering =
    (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
    (_, response) => {
      response.writeHead(status, headers).end(body);
    };
  const error = (message: string): string => JSON.stringify({ data: null, errors: [{ message }] });

  test.each<[string, RequestListener, FailureClass, string]>([
    ['a wrong key', answering(401, ''), 'auth', 'Stash answered 401'],
    ['a Stash that locked itself', answering(403, ''), 'auth', 'Stash answered 403'],
    ['a sign-in page', answering(302, '', { location: '/login?return=x' }), 'auth', 'Stash redirects to'],
    [
      'a redirect',
      answering(301, '', { location: 'https://other/graphql' }),
      'settings',
      'https://other/graphql',
    ],
    ['a web page', answering(200, '<!doctype html><html>'), 'settings', 'a web page where JSON is due'],
    ['nothing', answering(200, ''), 'settings', 'empty where JSON is due'],
    ['another API', answering(200, '{"hello":"world"}'), 'settings', 'The answer is not GraphQL'],
    ['null', answering(200, 'null'), 'settings', 'The answer is not GraphQL'],
    ['no such page', answering(404, 'nope'), 'settings', 'Stash answered 404'],
    ['a proxy without Stash', answering(502, ''), 'unreachable', 'Stash answered 502'],
    ['a broken server', answering(500, 'oops'), 'unreachable', 'Stash answered 500'],
    ['too many requests', answering(429, '', { 'retry-after': '3' }), 'unreachable', 'Stash answered 429'],
    [
      'a database not open yet',
      answering(200, error('database not initialized')),
      'unreachable',
      'not initialized',
    ],
    ['a busy database', answering(200, error('SQLITE_BUSY: 5')), 'unreachable', 'SQLITE_BUSY'],
    ['an error', answering(200, error('scene with id 9 not found')), 'rejected', 'scene with id 9 not found'],
    ['an unreadable question', answering(400, '{"oops":1}'), 'rejected', 'Stash answered 400'],
    [
      'a list of another shape',
      answering(200, '{"data":{"findScenes":{}}}'),
      'rejected',
      'findScenes.scenes',
    ],
  ])('%s', async (_what, listener, failureClass, words) => {
    const url = await serveHttp(listener);
    expect(await clientOf(url).newestScenes({ page: 1, perPage: 1 })).toMatchObject({
      ok: false,
      failure: { class: failureClass, peer: 'stash', message: expect.stringContaining(words) },
    });
  });

  test('advice on a refused sign-in depends on whether there is a key', async () => {
    const url = await serveHttp(answering(401, ''));
    expect(await clientOf(url, 'k3y').probe()).toMatchObject({
      failure: { advice: expect.stringContaining('leave it out') },
    });
    expect(await clientOf(url).probe()).toMatchObject({
      failure: { advice: expect.not.stringContaining('leave it out') },
    });
  });

  test('a Stash that is down is unreachable', async () => {
    const url = await nobodyListens();
    expect(await clientOf(url).probe()).toMatchObject({ failure: { class: 'unreachable', peer: 'stash' } });
  });

  test('a wrong document is told by 422 as well, as older Stash does', async () => {
    const url = await serveHttp((_, response) => {
      const errors = [{ message: 'unknown field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }];
      response.writeHead(422).end(JSON.stringify({ data: null, errors }));
    });
    expect(await clientOf(url).newestScenes({ page: 1, perPage: 1 })).toMatchObject({
      failure: { message: expect.stringContaining('unknown field') },
    });
  });

  test('a GraphQL server that is not Stash is told apart', async () => {
    const url = await serveHttp(answering(200, '{"data":{"hello":1}}'));
    expect(await clientOf(url).probe()).toMatchObject({ failure: { class: 'settings' } });
  });
});
