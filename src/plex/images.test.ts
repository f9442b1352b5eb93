import { describe, expect, test } from 'vitest';
import { png } from '../../test/world/pictures.ts';
import { ratingKey, sectionKey } from '../core/ids.ts';
import type { ImageKind } from '../core/images/imageKind.ts';
import { clientOf, json, NOT_FOUND, servePlex } from './testing/miniPlex.ts';

const image = (kind: ImageKind = 'poster') => ({ ratingKey: ratingKey('42'), kind });
const upload = { ...image(), bytes: png('a') };

describe('the list of images', () => {
  test('says which is selected, however Plex writes it', async () => {
    const { url, paths } = await servePlex(() =>
      json({
        Metadata: [
          { ratingKey: 'upload://posters/a', key: '/library/metadata/42/file?url=a', selected: '1' },
          { ratingKey: 'media://b', selected: false },
          { key: 'https://example.com/c.jpg' },
        ],
      }),
    );
    expect(await clientOf(url).images(image())).toEqual({
      ok: true,
      value: [
        { key: 'upload://posters/a', isSelected: true },
        { key: 'media://b', isSelected: false },
        { key: 'https://example.com/c.jpg', isSelected: false },
      ],
    });
    expect(paths()).toEqual(['GET /library/metadata/42/posters']);
  });

  test('may be empty', async () => {
    const { url } = await servePlex(() => json({ size: 0 }));
    expect(await clientOf(url).images(image('background'))).toEqual({ ok: true, value: [] });
  });

  test('that makes no sense is refused', async () => {
    const { url } = await servePlex(() => json({ Metadata: 'none' }));
    expect(await clientOf(url).images(image())).toMatchObject({ failure: { class: 'rejected' } });
  });
});

test('an upload carries bytes, and no address', async () => {
  const bodies: Buffer[] = [];
  const { url, paths } = await servePlex((_, request) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk));
    return { body: '/library/metadata/42' };
  });
  const client = clientOf(url);
  expect(await client.uploadImage(upload)).toEqual({ ok: true, value: undefined });
  expect(await client.uploadImage({ ...upload, kind: 'background' })).toMatchObject({ ok: true });
  expect(paths()).toEqual(['POST /library/metadata/42/posters', 'POST /library/metadata/42/arts']);
  expect(Buffer.concat(bodies).equals(Buffer.concat([upload.bytes, upload.bytes]))).toBe(true);
});

test('selecting and locking name one item and one image', async () => {
  const { url, paths } = await servePlex(() => ({}));
  const client = clientOf(url);
  await client.selectImage({ ...image(), key: 'upload://posters/a&b' });
  await client.selectImage({ ...image('background'), key: 'media://x' });
  await client.lockImage({ ...image(), section: sectionKey('2'), isLocked: true });
  await client.lockImage({ ...image('background'), section: sectionKey('2'), isLocked: false });
  expect(paths()).toEqual([
    'PUT /library/metadata/42/poster?url=upload%3A%2F%2Fposters%2Fa%26b',
    'PUT /library/metadata/42/art?url=media%3A%2F%2Fx',
    'PUT /library/sections/2/all?type=1&id=42&thumb.locked=1',
    'PUT /library/sections/2/all?type=1&id=42&art.locked=0',
  ]);
});

test('a lock without the id of an item is never sent', async () => {
  const { url, asked } = await servePlex(() => ({}));
  const request = {
    kind: 'poster',
    ratingKey: ratingKey(''),
    section: sectionKey('2'),
    isLocked: true,
  } as const;
  await expect(clientOf(url).lockImage(request)).rejects.toThrow('needs the id of an item');
  expect(asked).toEqual([]);
});

describe('a refused upload is', () => {
  test.each([
    [400, { class: 'rejected' }],
    [500, { class: 'rejected' }],
    [404, { class: 'item-gone' }],
    [413, { class: 'rejected', advice: expect.stringContaining('client_max_body_size') }],
    [401, { class: 'auth' }],
    [503, { class: 'unreachable' }],
  ])('%i: %j', async (status, failure) => {
    const { url } = await servePlex(() => ({ status, body: NOT_FOUND }));
    expect(await clientOf(url).uploadImage(upload)).toMatchObject({ ok: false, failure });
  });
});
