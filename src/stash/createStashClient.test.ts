import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../core/failure.ts';
import { sceneId } from '../core/ids.ts';
import { nobodyListens, serveHttp } from '../http/testing/loopback.ts';
import { clientOf, findScene, ids, rawFile, rawScene, serveStash, stashSchema } from './testing/miniStash.ts';

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

test('Stash’s clock is that of an answer that needs no sign-in', async () => {
  const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
  const asked: (string | undefined)[] = [];
  const url = await serveHttp((request, response) => {
    asked.push(`${request.url} ${String(request.headers['apikey'])}`);
    response.writeHead(200, { date }).end('.');
  });
  expect(await clientOf(url, 'k3y').serverTime()).toEqual({ ok: true, value: Date.parse(date) });
  expect(asked).toEqual(['/healthz undefined']);
});
