import { describe, expect, test } from 'vitest';
import { png } from '../../test/world/pictures.ts';
import { ratingKey } from '../core/ids.ts';
import { type Answer, clientOf, json, NOT_FOUND, rawItem, servePlex } from './testing/miniPlex.ts';

const THUMB = '/library/metadata/42/thumb/1700000000';
const PICTURE: Answer = { body: png('a').toString('latin1') };
const isResizing = (path: string): boolean => path.startsWith('/photo/:/transcode');

/** A Plex that answers details with this path of a poster, and pictures as told. */
const plexWith = (thumb: string | undefined, pictures: (path: string) => Answer) =>
  servePlex((path) =>
    path.startsWith('/library/metadata/42?')
      ? json({ Metadata: [{ ...rawItem('42'), thumb }] })
      : pictures(path),
  );

const posterAt = (url: string) => clientOf(url).poster(ratingKey('42'));

test('Plex is asked for a small one, at its own path', async () => {
  const { url, paths } = await plexWith(THUMB, () => PICTURE);
  expect(await posterAt(url)).toMatchObject({ ok: true });
  expect(paths()).toEqual([
    'GET /library/metadata/42?skipRefresh=1',
    `GET /photo/:/transcode?width=240&height=360&minSize=1&upscale=0&url=${encodeURIComponent(THUMB)}`,
  ]);
});

test.each([
  undefined,
  '',
  'https://images.example.org/p.jpg',
  '//evil.example/p.jpg',
  '/library/metadata/42/thumb/1?X=y',
  '/library/metadata/42/thumb/../../sections',
])('no picture is asked for at %j', async (thumb) => {
  const { url, paths } = await plexWith(thumb, () => PICTURE);
  expect(await posterAt(url)).toEqual({ ok: true, value: null });
  expect(paths()).toHaveLength(1);
});

describe('where the resizing fails', () => {
  test.each([400, 401, 403, 404, 500, 501])('with %d, the picture is taken whole', async (status) => {
    const { url, paths } = await plexWith(THUMB, (path) =>
      isResizing(path) ? { status, body: NOT_FOUND } : PICTURE,
    );
    expect(await posterAt(url)).toMatchObject({ ok: true });
    expect(paths().at(-1)).toBe(`GET ${THUMB}`);
  });

  test('and the whole one too, the picture alone is at fault: nothing else has to wait', async () => {
    for (const status of [401, 403, 404, 500]) {
      const { url } = await plexWith(THUMB, () => ({ status, body: NOT_FOUND }));
      expect(await posterAt(url)).toMatchObject({ ok: false, failure: { class: 'rejected' } });
    }
  });

  test('the token stays in the header', async () => {
    const { url, asked } = await plexWith(THUMB, () => ({ status: 404, body: NOT_FOUND }));
    await posterAt(url);
    for (const { url: path, headers } of asked) {
      expect(path).not.toContain('S3CRET');
      expect(headers['x-plex-token']).toBe('S3CRET');
    }
  });
});

test('an item that is gone has none', async () => {
  const { url } = await servePlex(() => ({ status: 404, body: NOT_FOUND }));
  expect(await posterAt(url)).toEqual({ ok: true, value: null });
});
