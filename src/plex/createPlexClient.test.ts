import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../core/failure.ts';
import { ratingKey, sectionKey } from '../core/ids.ts';
import type { FieldEdit } from '../core/planning/plan.ts';
import { nobodyListens, serveBytes, serveHttp } from '../http/testing/loopback.ts';
import {
  type Answer,
  clientOf,
  edit,
  IDENTITY,
  json,
  NOT_FOUND,
  send,
  servePlex,
  TOKEN,
} from './testing/miniPlex.ts';

const NOT_SERVED: Answer = { status: 404, body: NOT_FOUND };

describe('who we are', () => {
  test('is told by headers; the token is in no URL, and not for a server that has yet to show who it is', async () => {
    const plex = await servePlex(() => json({ machineIdentifier: 'machine-1', platform: 'Linux' }));
    const client = clientOf(plex.url);
    expect(await client.identity()).toEqual({
      ok: true,
      value: { machineIdentifier: 'machine-1', version: '1.41.9' },
    });
    expect(await client.checkToken()).toEqual({ ok: true, value: { platform: 'Linux' } });
    expect(plex.paths()).toEqual(['GET /identity', 'GET /']);
    expect(plex.asked.map((request) => request.headers['x-plex-token'])).toEqual([undefined, TOKEN]);
    expect(plex.asked[1]?.headers).toMatchObject({
      accept: 'application/json',
      'x-plex-client-identifier': 'client-1',
      'x-plex-product': 'PlexSync',
      'x-plex-version': '1.2.3',
    });
  });

  test('a path prefix of the URL is kept', async () => {
    const paths: (string | undefined)[] = [];
    const url = await serveHttp((request, response) => {
      paths.push(request.url);
      send(response, IDENTITY);
    });
    await clientOf(`${url}/plex/`).identity();
    expect(paths).toEqual(['/plex/identity']);
  });
});

describe('streams', () => {
  test.each<[string, object, number]>([
    ['nobody watches', { size: 0 }, 0],
    [
      'one watches, one has paused',
      { Metadata: [{ Player: { state: 'playing' } }, { Player: { state: 'paused' } }] },
      1,
    ],
    ['a player tells nothing of itself', { size: '2', Metadata: [{}, { Player: {} }] }, 2],
  ])('are counted where %s', async (_, container, streams) => {
    const plex = await servePlex(() => json(container));
    expect(await clientOf(plex.url).countStreams()).toEqual({ ok: true, value: streams });
  });

  test.each([401, 403, 404, 400])(
    'that Plex refuses to tell with %i are no fault of token or settings',
    async (status) => {
      const plex = await servePlex(() => ({ status, body: '' }));
      expect(await clientOf(plex.url).countStreams()).toMatchObject({
        ok: false,
        failure: { class: 'rejected' },
      });
    },
  );
});

describe('whose token it is', () => {
  test.each<[string, Answer, boolean | null]>([
    ['the owner’s', json({ Setting: [] }), true],
    ['a guest’s', { status: 403 }, false],
    ['one that is refused there', { status: 401 }, false],
    ['not told', NOT_SERVED, null],
    ['not told by a page of something else', { body: '<html>' }, null],
  ])('%s', async (_, answer, isOwner) => {
    const plex = await servePlex(() => answer);
    expect(await clientOf(plex.url).isOwner()).toEqual({ ok: true, value: isOwner });
    expect(plex.paths()).toEqual(['GET /:/prefs']);
  });

  test('is no question while Plex is away', async () => {
    expect(await clientOf(await nobodyListens()).isOwner()).toMatchObject({
      failure: { class: 'unreachable' },
    });
  });
});

test('Plex’s clock is that of its answer, or unknown', async () => {
  const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
  const timed = await serveHttp((_, response) => send(response, { ...IDENTITY, headers: { date } }));
  const timeless = await serveHttp((_, response) => {
    response.sendDate = false;
    send(response, IDENTITY);
  });
  expect(await clientOf(timed).serverTime()).toEqual({ ok: true, value: Date.parse(date) });
  expect(await clientOf(timeless).serverTime()).toEqual({ ok: true, value: null });
});

describe('libraries', () => {
  const movies = {
    uuid: 'uuid-2',
    key: '2',
    title: 'Scenes',
    type: 'movie',
    refreshing: '0',
    Location: [{ id: 1, path: '/media' }],
  };

  test('are decoded in our words', async () => {
    const plex = await servePlex(() =>
      json({ Directory: [movies, { ...movies, key: 3, refreshing: true, Location: undefined }] }),
    );
    expect(await clientOf(plex.url).sections()).toEqual({
      ok: true,
      value: [
        {
          uuid: 'uuid-2',
          key: '2',
          title: 'Scenes',
          type: 'movie',
          locations: ['/media'],
          isRefreshing: false,
        },
        { uuid: 'uuid-2', key: '3', title: 'Scenes', type: 'movie', locations: [], isRefreshing: true },
      ],
    });
  });

  test('may be none', async () => {
    const plex = await servePlex(() => json({ size: 0 }));
    expect(await clientOf(plex.url).sections()).toEqual({ ok: true, value: [] });
  });

  test('are all or none: one left out would look like one that is gone', async () => {
    const plex = await servePlex(() => json({ Directory: [movies, { key: '3' }] }));
    expect(await clientOf(plex.url).sections()).toMatchObject({
      failure: { class: 'settings', message: expect.stringContaining('Directory.1.uuid') },
    });
  });
});

describe('edits', () => {
  test('are sent as they are made, in order', async () => {
    const plex = await servePlex(() => ({ body: '', headers: { 'content-type': 'text/html' } }));
    const long: FieldEdit = { kind: 'text', field: 'summary', value: 'x'.repeat(7_590), lock: true };
    const result = await clientOf(plex.url).edit(
      edit([{ kind: 'text', field: 'title', value: 'A b', lock: true }, long]),
    );
    expect(result).toEqual({ ok: true, value: undefined });
    expect(plex.paths()[0]).toBe('PUT /library/sections/2/all?type=1&id=42&title.value=A%20b&title.locked=1');
    expect(plex.paths()).toHaveLength(2);
  });

  test('of nothing send nothing', async () => {
    const plex = await servePlex(() => ({}));
    expect(await clientOf(plex.url).edit(edit([]))).toEqual({ ok: true, value: undefined });
    expect(plex.paths()).toEqual([]);
  });

  test('without an item are a bug, and send nothing', async () => {
    const plex = await servePlex(() => ({}));
    await expect(clientOf(plex.url).edit({ ...edit(), ratingKey: ratingKey('') })).rejects.toThrow(
      'An edit needs',
    );
    expect(plex.paths()).toEqual([]);
  });

  test.each<[string, Answer, FailureClass]>([
    ['an item that is gone', { status: 404, body: NOT_FOUND }, 'item-gone'],
    ['a refusal', { status: 400, body: '<html>' }, 'rejected'],
    ['too long a URL', { status: 414 }, 'rejected'],
    ['a crash', { status: 500 }, 'rejected'],
    ['a token of another user', { status: 401 }, 'auth'],
    ['a token of a guest', { status: 403 }, 'auth'],
    ['a proxy that lost Plex', { status: 502 }, 'unreachable'],
  ])('%s', async (_what, answer, failureClass) => {
    const plex = await servePlex(() => answer);
    expect(await clientOf(plex.url).edit(edit())).toMatchObject({
      failure: { class: failureClass, peer: 'plex' },
    });
  });

  test('stop at the first that fails', async () => {
    const plex = await servePlex(() => ({ status: 400 }));
    const long: FieldEdit = { kind: 'text', field: 'summary', value: 'x'.repeat(7_590), lock: true };
    await clientOf(plex.url).edit(edit([{ kind: 'text', field: 'title', value: 'A', lock: true }, long]));
    expect(plex.paths().filter((path) => path.startsWith('PUT'))).toHaveLength(1);
  });

  test('whose reply is lost may have been carried out, and are not sent again', async () => {
    let requests = 0;
    const url = await serveBytes((socket) => {
      socket.once('data', () => {
        requests++;
        socket.destroy();
      });
    });
    expect(await clientOf(url).edit(edit())).toMatchObject({
      failure: {
        class: 'unreachable',
        message: expect.stringContaining('(the edit may have been carried out)'),
      },
    });
    expect(requests).toBe(1);
  });
});

describe('a scan', () => {
  const folder = { section: sectionKey('2'), folder: '/media/A & B + 1% é' };

  test('is asked for of one folder, and answered by nothing', async () => {
    const plex = await servePlex(() => ({ body: '', headers: { 'content-type': 'text/html' } }));
    expect(await clientOf(plex.url).scanFolder(folder)).toEqual({ ok: true, value: undefined });
    expect(plex.paths()).toEqual([
      'GET /library/sections/2/refresh?path=%2Fmedia%2FA%20%26%20B%20%2B%201%25%20%C3%A9',
    ]);
  });

  test('that Plex refuses fails in words', async () => {
    const plex = await servePlex(() => ({ status: 404, body: NOT_FOUND }));
    expect(await clientOf(plex.url).scanFolder(folder)).toMatchObject({ failure: { class: 'rejected' } });
  });
});
