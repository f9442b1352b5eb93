import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey, pathKey } from './pathKey.ts';

describe('pathKey', () => {
  test.each([
    ['a POSIX path is only lowered', '/data/Scene.MP4', '/data/scene.mp4'],
    ['backslashes become slashes', 'D:\\Videos\\a.mp4', 'd:/videos/a.mp4'],
    ['mixed separators are one kind', 'D:\\Videos/Sub\\a.mp4', 'd:/videos/sub/a.mp4'],
    ['repeated separators are folded', '/data//x///a.mp4', '/data/x/a.mp4'],
    ['the two leading separators of a UNC path stay', '\\\\NAS\\Share\\\\a.mp4', '//nas/share/a.mp4'],
    ['more than two leading separators count as two', '////nas/share/a.mp4', '//nas/share/a.mp4'],
    ['a decomposed name equals the composed one', '/data/Cafe\u0301.mp4', '/data/caf\u00e9.mp4'],
    ['characters that mean something in URLs are kept', '/d/#1 ?%&+\n.mp4', '/d/#1 ?%&+\n.mp4'],
    ['an empty path stays empty', '', ''],
  ])('%s', (_, path, key) => {
    expect(pathKey(path)).toBe(key);
  });

  test('is the same for every way to write one path, and for its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        const key = pathKey(path);
        expect(pathKey(path.normalize('NFD'))).toBe(key);
        expect(pathKey(path.replaceAll('/', '\\'))).toBe(key);
        expect(pathKey(key)).toBe(key);
      }),
    );
  });
});

describe('nameKey', () => {
  test.each([
    ['/data/Sub/Scene.MP4', 'scene.mp4'],
    ['D:\\Videos\\Scene.mp4', 'scene.mp4'],
    ['\\\\nas\\share\\Scene.mp4', 'scene.mp4'],
    ['Scene.mp4', 'scene.mp4'],
  ])('of %s is the last segment', (path, key) => {
    expect(nameKey(path)).toBe(key);
  });
});
