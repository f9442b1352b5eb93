import { expect, test } from 'vitest';
import { mapBetween } from './mapBetween.ts';
import { plexPathsOf } from './pathMap.ts';

test.each([
  ['/data/a/clip.mp4', '/media/a/clip.mp4', '/data', '/media'],
  ['/data/a/clip.mp4', '/media/b/clip.mp4', '/data/a', '/media/b'],
  ['/a/clip.mp4', '/media/a/clip.mp4', '/', '/media'],
  ['D:\\Videos\\a\\clip.mp4', '/mnt/videos/a/clip.mp4', 'D:\\Videos', '/mnt/videos'],
  ['/data/a/clip.mp4', '\\\\nas\\share\\A\\clip.mp4', '/data', '\\\\nas\\share'],
  ['/data/A/clip.mp4', '/media/a/clip.mp4', '/data/A', '/media/a'],
])('%s becomes %s by %s=>%s', (stash, plex, from, to) => {
  const map = mapBetween(stash, plex);
  expect(map).toEqual({ from, to, support: 0 });
  if (map !== null) expect(plexPathsOf(stash, [map])[0]?.toLowerCase()).toBe(plex.toLowerCase());
});

test.each([
  ['another name', '/data/a.mp4', '/data/b.mp4'],
  ['the same path', '/data/a.mp4', '/data/a.mp4'],
  ['a path that is not absolute', 'a.mp4', '/data/a.mp4'],
])('no map mends %s', (_, stash, plex) => {
  expect(mapBetween(stash, plex)).toBeNull();
});
