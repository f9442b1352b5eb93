import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { pictures } from '../../test/world/pictures.ts';
import { sceneId } from '../core/ids.ts';
import { MAX_IMAGE_BYTES } from '../core/images/cover.ts';
import { serveHttp } from '../http/testing/loopback.ts';
import { createStashClient } from './createStashClient.ts';
import { REQUIRED_FIELDS } from './documents.ts';
import type { StashSignIn } from './signIn.ts';
import { clientOf } from './testing/miniStash.ts';

const ID = sceneId('7');
const COVER = Buffer.concat([pictures.jpeg, Buffer.alloc(100, 'x')]);
const named = (names: readonly string[]) => names.map((name) => ({ name }));
const PROBED = {
  data: {
    version: { version: 'v0.30.1' },
    systemStatus: { status: 'OK' },
    Scene: { fields: named(REQUIRED_FIELDS.Scene) },
    VideoFile: { fields: named(REQUIRED_FIELDS.VideoFile) },
    SceneFilterType: { inputFields: named(REQUIRED_FIELDS.SceneFilterType) },
  },
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A Stash that answers for covers as the test says, and lets whoever asks into GraphQL. */
async function stashWith(
  cover: Answer,
  graphql: Answer = (_, response) => response.end(JSON.stringify(PROBED)),
) {
  const asked: IncomingMessage[] = [];
  const url = await serveHttp((request, response) => {
    asked.push(request);
    (request.url === '/graphql' ? graphql : cover)(request, response);
  });
  return { url, asked };
}

const served: Answer = ({ headers }, response) => {
  const isPart = headers.range !== undefined;
  const body = isPart ? COVER.subarray(0, 64) : COVER;
  response
    .writeHead(isPart ? 206 : 200, {
      etag: '"tag"',
      ...(isPart ? { 'content-range': `bytes 0-63/${COVER.length}` } : {}),
    })
    .end(body);
};

describe('a cover', () => {
  test('is told by its first bytes: tag, size and format', async () => {
    const { url, asked } = await stashWith(served);
    expect(await clientOf(url, 'key').coverHead(ID)).toEqual({
      ok: true,
      value: { tag: '"tag"', size: COVER.length, format: 'jpeg' },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: '/scene/7/screenshot',
      headers: { apikey: 'key', range: 'bytes=0-63' },
    });
  });

  test('is fetched byte by byte', async () => {
    const { url } = await stashWith(served);
    const cover = await clientOf(url).cover(ID);
    expect(cover.ok && cover.value?.head).toEqual({ tag: '"tag"', size: COVER.length, format: 'jpeg' });
    expect(cover.ok && COVER.equals(cover.value?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  test.each([
    [
      'its date, from before Stash kept covers as blobs',
      { 'last-modified': 'Wed, 25 Nov 2026 16:05:00 GMT' },
      'Wed, 25 Nov 2026 16:05:00 GMT',
    ],
    ['a weak tag, as of a proxy that packs', { etag: 'W/"tag"' }, '"tag"'],
    ['its bytes, where nothing is told', {}, createHash('sha1').update(COVER).digest('hex')],
  ])('is known by %s', async (_, headers, tag) => {
    const { url } = await stashWith(({ headers: { range } }, response) => {
      const part = { ...headers, 'content-range': `bytes 0-63/${COVER.length}` };
      if (range === undefined) response.writeHead(200, headers).end(COVER);
      else response.writeHead(206, part).end(COVER.subarray(0, 64));
    });
    expect(await clientOf(url).coverHead(ID)).toMatchObject({ value: { tag, size: COVER.length } });
  });

  test('of a scene that is gone is null', async () => {
    const { url } = await stashWith((_, response) => response.writeHead(404).end('Not Found'));
    expect(await clientOf(url).coverHead(ID)).toEqual({ ok: true, value: null });
  });

  test('that is larger than Plex may take is not read to its end', async () => {
    const { url } = await stashWith((_, response) =>
      response.end(Buffer.concat([pictures.jpeg, Buffer.alloc(MAX_IMAGE_BYTES)])),
    );
    expect(await clientOf(url).cover(ID)).toMatchObject({
      value: { head: { size: MAX_IMAGE_BYTES + 1 }, bytes: new Uint8Array() },
    });
  });
});

const PAGE = '<!doctype html><html><title>Sign in</title></html>';

describe('no cover, and nothing that stops other work, is', () => {
  test.each<[string, Answer]>([
    ['the way to a sign-in page', (_, response) => response.writeHead(302, { location: '/login' }).end()],
    ['a sign-in page', (_, response) => response.end(PAGE)],
    ['401', (_, response) => response.writeHead(401).end()],
    ['500', (_, response) => response.writeHead(500).end()],
  ])('%s, while Stash lets us in otherwise', async (_, cover) => {
    const { url } = await stashWith(cover);
    expect(await clientOf(url).coverHead(ID)).toMatchObject({
      ok: false,
      failure: { class: 'rejected', peer: 'stash' },
    });
  });
});

describe('is Stash’s failure, not the cover’s', () => {
  test('a sign-in that Stash refuses for anything', async () => {
    const refused: Answer = (_, response) => response.writeHead(401).end();
    const { url } = await stashWith(
      (_, response) => response.writeHead(302, { location: '/login?returnURL=x' }).end(),
      refused,
    );
    expect(await clientOf(url).coverHead(ID)).toMatchObject({ failure: { class: 'auth', peer: 'stash' } });
  });

  test('502 of a proxy', async () => {
    const { url, asked } = await stashWith((_, response) => response.writeHead(502).end());
    expect(await clientOf(url).coverHead(ID)).toMatchObject({ failure: { class: 'unreachable' } });
    expect(asked).toHaveLength(1);
  });
});

test('a renewed way to sign in is taken for covers too', async () => {
  const { url } = await stashWith((request, response) =>
    request.headers['apikey'] === 'new' ? served(request, response) : response.writeHead(401).end(),
  );
  let key = 'old';
  const signIn: StashSignIn = {
    headers: () => ({ ApiKey: key }),
    noteAnswer: () => undefined,
    noteRefusal: () => {
      const hasNews = key === 'old';
      key = 'new';
      return hasNews;
    },
    advice: '',
  };
  const limits = { connectTimeoutMs: 5_000, readTimeoutMs: 5_000 };
  const client = createStashClient({
    url,
    signIn,
    tlsVerify: true,
    extras: { tagAliases: false, performerAliases: false },
    ...limits,
  });
  expect(await client.coverHead(ID)).toMatchObject({ ok: true, value: { tag: '"tag"' } });
});

test('a length beyond all numbers is none', async () => {
  const { url } = await stashWith((_, response) =>
    response
      .writeHead(206, { 'content-range': `bytes 0-63/${'9'.repeat(30)}`, etag: '"tag"' })
      .end('\u0089PNG'),
  );
  expect(await clientOf(url).coverHead(ID)).toMatchObject({ ok: true, value: { tag: '"tag"', size: null } });
});
