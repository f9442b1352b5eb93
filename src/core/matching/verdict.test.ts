import { describe, expect, test } from 'vitest';
import { DATA_TO_MEDIA, file, type MatchFacts, match, part, summary } from './matching.fixtures.ts';

/** The rows of the feature checklist that are about matching alone. */
describe('a scene is matched', () => {
  test.each<[string, MatchFacts, string]>([
    [
      'with the one item at its mapped path',
      {
        candidates: [
          part('lib/7', '/media/x/a.mp4', { size: null }),
          part('lib/8', '/media/x/b.mp4', { size: 5 }),
        ],
      },
      'matched: lib/7 by path',
    ],
    [
      'with the item at the same path when no map fits',
      { maps: [], candidates: [part('lib/7', '/data/x/a.mp4', { size: null })] },
      'matched: lib/7 by path',
    ],
    [
      'by the path where the same file name is in two folders',
      { candidates: [part('lib/7', '/media/y/a.mp4'), part('lib/8', '/media/x/a.mp4')] },
      'matched: lib/8 by path',
    ],
    [
      'by the first map that leads to an item',
      {
        maps: [{ from: '/data/x', to: '/usb', support: 3 }, ...DATA_TO_MEDIA],
        candidates: [part('lib/7', '/media/x/a.mp4'), part('lib/8', '/data/x/a.mp4')],
      },
      'matched: lib/7 by path',
    ],
    [
      'by name and size where no path is known',
      { maps: [], candidates: [part('lib/7', '/media/y/a.mp4', { durationMs: null })] },
      'matched: lib/7 by name-and-size',
    ],
    [
      'by size and duration when the file was renamed',
      { candidates: [part('lib/7', '/media/x/other.mp4', { durationMs: 61_000 })] },
      'matched: lib/7 by size-and-duration',
    ],
    [
      'by the stronger evidence where two items have some',
      { candidates: [part('lib/7', '/media/x/other.mp4'), part('lib/8', '/elsewhere/a.mp4')] },
      'matched: lib/8 by name-and-size',
    ],
    [
      'whatever the Unicode form of the names',
      {
        files: [file('/data/Cafe\u0301/a\u0308.mp4')],
        candidates: [part('lib/7', '/media/Caf\u00e9/\u00e4.mp4', { size: null })],
      },
      'matched: lib/7 by path',
    ],
    [
      'whatever the case, on a Windows host',
      {
        files: [file('/data/X/A.mp4')],
        maps: [{ from: '/data', to: 'D:\\Media', support: 9 }],
        candidates: [part('lib/7', 'd:\\media\\x\\a.MP4', { size: null })],
      },
      'matched: lib/7 by path',
    ],
    [
      'whatever the case, on a host that is known to disregard it',
      { isPlexCaseSensitive: false, candidates: [part('lib/7', '/media/X/A.mp4', { size: null })] },
      'matched: lib/7 by path',
    ],
    [
      'by name and size where only the case of the path differs on a host that regards it',
      { candidates: [part('lib/7', '/media/X/A.mp4')] },
      'matched: lib/7 by name-and-size',
    ],
    [
      'from Windows to POSIX',
      {
        files: [file('D:\\Videos\\x\\a.mp4')],
        maps: [{ from: 'D:\\Videos', to: '/media', support: 9 }],
        candidates: [part('lib/7', '/media/x/a.mp4', { size: null })],
      },
      'matched: lib/7 by path',
    ],
    [
      'on a share of Windows',
      {
        maps: [{ from: '/data', to: '\\\\NAS\\media', support: 9 }],
        candidates: [part('lib/7', '\\\\nas\\media\\x\\a.mp4', { size: null })],
      },
      'matched: lib/7 by path',
    ],
    [
      'with names that URLs would trip over',
      {
        files: [file('/data/#1 ?%&+/a\nb %2F.mp4')],
        candidates: [
          part('lib/7', '/media/#1 ?%&+/a\nb %2F.mp4', { size: null }),
          part('lib/8', '/media/#1'),
        ],
      },
      'matched: lib/7 by path',
    ],
    [
      'by any of its files, when Plex has the second only',
      {
        files: [file('/data/x/a.mp4', { size: 5 }), file('/data/x/a 4k.mp4', { size: 6 })],
        candidates: [part('lib/7', '/media/x/a 4k.mp4', { size: 6 })],
      },
      'matched: lib/7 by path',
    ],
    [
      'with each item that one of its files brings',
      {
        files: [file('/data/x/a.mp4', { size: 5 }), file('/data/y/b.mp4', { size: 6 })],
        candidates: [part('lib/7', '/media/x/a.mp4', { size: 5 }), part('lib/8', '/else/b.mp4', { size: 6 })],
      },
      'matched: lib/7 by path, lib/8 by name-and-size',
    ],
    [
      'by any version of the item',
      {
        candidates: [
          part('lib/7', '/media/x/a 4k.mp4', { id: '1', size: 9 }),
          part('lib/7', '/media/x/a.mp4', { id: '2' }),
        ],
      },
      'matched: lib/7 by path',
    ],
    [
      'with one item whose two versions are equally good',
      {
        candidates: [
          part('lib/7', '/other/a.mp4', { id: '1' }),
          part('lib/7', '/another/a.mp4', { id: '2' }),
        ],
      },
      'matched: lib/7 by name-and-size',
    ],
    [
      'once with an item of several parts that are all its files',
      {
        files: [file('/data/x/a cd1.avi', { size: 5 }), file('/data/x/a cd2.avi', { size: 6 })],
        candidates: [
          part('lib/7', '/media/x/a cd1.avi', { id: '1', size: 5 }),
          part('lib/7', '/media/x/a cd2.avi', { id: '2', size: 6 }),
        ],
      },
      'matched: lib/7 by path',
    ],
    [
      'by the second part of an item',
      {
        files: [file('/data/x/a cd2.avi', { size: 6 })],
        candidates: [
          part('lib/7', '/media/x/a cd1.avi', { id: '1', size: 5 }),
          part('lib/7', '/media/x/a cd2.avi', { id: '2', size: 6 }),
        ],
      },
      'matched: lib/7 by path',
    ],
    [
      'in every library that has its path',
      { candidates: [part('one/7', '/media/x/a.mp4'), part('two/8', '/media/x/a.mp4')] },
      'matched: one/7 by path, two/8 by path',
    ],
    [
      'in every library that has the same file, when the path is not known',
      { maps: [], candidates: [part('one/7', '/media/x/a.mp4'), part('two/8', '/media/x/a.mp4')] },
      'matched: one/7 by name-and-size, two/8 by name-and-size',
    ],
    [
      'whatever its title: quality, date or folder names in it do not matter',
      {
        candidates: [
          part('lib/7', '/media/x/a.mp4', { title: 'x 2160p WEB-DL 2024.01.02' }),
          part('lib/8', '/media/y/b.mp4', { title: 'a', size: 5 }),
        ],
      },
      'matched: lib/7 by path',
    ],
  ])('%s', (_, facts, expected) => {
    expect(summary(match(facts))).toBe(expected);
  });

  test('tells which file and which part made each link', () => {
    const files = [file('/data/x/a.mp4', { size: 5 }), file('/data/x/b.mp4', { size: 6 })];
    const held = part('lib/7', '/media/x/b.mp4', { size: 6 });
    const verdict = match({
      files,
      candidates: [part('lib/7', '/media/x/c.mp4', { id: '2', size: 7 }), held],
    });
    expect(verdict).toEqual({
      kind: 'matched',
      links: [{ item: held.item, evidence: 'path', file: files[1], part: held }],
    });
  });
});
