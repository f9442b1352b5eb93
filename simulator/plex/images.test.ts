import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { PNG } from './testing/png.ts';
import { visited } from './testing/visitor.ts';

const KEY = `upload://posters/${createHash('sha1').update(PNG).digest('hex')}`;

/** A server that Plex could fetch an image from. */
async function imageUrl(): Promise<string> {
  const server = createServer((_request, response) => response.end(PNG));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/p.png`;
}

test('uploaded bytes are kept under their SHA-1, selected and told by a new thumb path', async () => {
  const { clock, get, item, send } = await visited();
  const { thumb } = await item('1');
  clock.advance(1000);
  expect((await send('POST', '/library/metadata/1/posters', { body: new Uint8Array(PNG) })).status).toBe(200);
  const { Metadata = [] } = await get('/library/metadata/1/posters');
  expect(Metadata.map(({ ratingKey, selected }) => [ratingKey, selected])).toEqual([
    ['media://1/thumb', false],
    [KEY, true],
  ]);
  expect((await item('1')).thumb).not.toBe(thumb);
});

test('the same bytes again make no second entry', async () => {
  const { get, send } = await visited();
  for (let times = 0; times < 2; times += 1) {
    await send('POST', '/library/metadata/1/posters', { body: new Uint8Array(PNG) });
  }
  expect((await get('/library/metadata/1/posters')).Metadata).toHaveLength(2);
});

test('an image is fetched from a url, where that is permitted', async () => {
  const { send, simulator } = await visited({ switches: { privateUrls: 'fetched' } });
  const path = `/library/metadata/1/posters?url=${encodeURIComponent(await imageUrl())}`;
  await send('POST', path);
  expect(simulator.library.read('1')?.selectedPoster).toBe(KEY);
  simulator.switches.privateUrls = 'refused';
  await send('POST', path.replace('/1/', '/4/'));
  expect(simulator.library.read('4')?.selectedPoster).toBe('media://4/thumb');
});

test('another image is selected by its key; an unknown one is 404', async () => {
  const { send, simulator } = await visited();
  await send('POST', '/library/metadata/1/posters', { body: new Uint8Array(PNG) });
  await send('PUT', '/library/metadata/1/poster?url=media%3A%2F%2F1%2Fthumb');
  expect(simulator.library.read('1')?.selectedPoster).toBe('media://1/thumb');
  expect((await send('PUT', '/library/metadata/1/poster?url=upload%3A%2F%2Fnone')).status).toBe(404);
});

test('an image too large is refused', async () => {
  const { send } = await visited();
  const body = Buffer.concat([PNG, Buffer.alloc(10_480_000)]);
  expect((await send('POST', '/library/metadata/1/posters', { body })).status).toBe(400);
});

test('art has a list and a lock of its own', async () => {
  const { item, send, simulator } = await visited();
  await send('POST', '/library/metadata/1/arts', { body: new Uint8Array(PNG) });
  expect(simulator.library.read('1')).toMatchObject({ locks: ['art'], selectedPoster: 'media://1/thumb' });
  expect(await item('1')).toHaveProperty('art');
});
