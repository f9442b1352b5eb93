import { expect, test } from 'vitest';
import type { SceneFile } from '../scene.ts';
import { pathAgreement } from './pathAgreement.ts';

const file = (path: string, size: number | null = 1000, isInZip = false): SceneFile => ({
  path,
  basename: path.slice(path.lastIndexOf('/') + 1),
  size,
  durationMs: null,
  oshash: null,
  isInZip,
});
const DATA = { from: '/data', to: '/media', support: 3 };
const NEW = { from: '/data/new', to: '/disk2', support: 3 };

test('files agree where Plex has them by name and size at the mapped or the same path', () => {
  const files = [file('/data/a.mp4'), file('/data/new/b.mp4'), file('/same/c.mp4'), file('/data/moved.mp4')];
  const parts = ['/media/a.mp4', '/disk2/b.mp4', '/same/c.mp4', '/media/elsewhere/moved.mp4'].map((path) => ({
    path,
    size: 1000,
  }));
  expect(pathAgreement(files, parts, [NEW, DATA])).toEqual({
    looked: 4,
    common: 4,
    agreeing: 3,
    byMap: [1, 1],
    example: { stash: '/data/moved.mp4', plex: '/media/elsewhere/moved.mp4' },
  });
});

test('another size is another file, and case is no matter', () => {
  const files = [file('/data/a.mp4', 1), file('/data/B.MP4', 2)];
  const parts = [
    { path: '/media/a.mp4', size: 9 },
    { path: '/media/b.mp4', size: 2 },
  ];
  expect(pathAgreement(files, parts, [DATA])).toEqual({
    looked: 2,
    common: 1,
    agreeing: 1,
    byMap: [1],
    example: { stash: '/data/a.mp4', plex: null },
  });
});

test('what cannot be compared is not counted', () => {
  const files = [file('/data/a.mp4', null), file('/data/b.zip/b.mp4', 5, true)];
  expect(pathAgreement(files, [{ path: '/media/a.mp4', size: null }], [])).toMatchObject({
    looked: 0,
    common: 0,
    agreeing: 0,
    example: null,
  });
});
