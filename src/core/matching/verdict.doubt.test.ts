import { describe, expect, test } from 'vitest';
import { file, type MatchFacts, match, part, summary } from './matching.fixtures.ts';

describe('a scene is matched with nothing', () => {
  test.each<[string, MatchFacts, string]>([
    ['when there is no candidate', {}, 'none: '],
    [
      'when only the title agrees',
      { candidates: [part('lib/7', '/media/y/b.mp4', { title: 'a', size: 5 })] },
      'none: ',
    ],
    [
      'at its own path when the size there is another: the file was replaced',
      { candidates: [part('lib/7', '/media/x/a.mp4', { size: 5 })] },
      'none: lib/7 path-other-size',
    ],
    [
      'by name when a size is not known',
      { candidates: [part('lib/7', '/media/y/a.mp4', { size: null })] },
      'none: lib/7 name-unknown-size',
    ],
    [
      'by name and duration when the size is another',
      { candidates: [part('lib/7', '/media/y/a.mp4', { size: 5 })] },
      'none: lib/7 name-other-size',
    ],
    [
      'by size alone when the duration is not known',
      { candidates: [part('lib/7', '/media/y/b.mp4', { durationMs: null })] },
      'none: lib/7 size-unknown-duration',
    ],
    [
      'by size alone when the duration differs by more than a second',
      { candidates: [part('lib/7', '/media/y/b.mp4', { durationMs: 61_001 })] },
      'none: lib/7 size-other-duration',
    ],
    [
      'by the case of its path where the host regards case and the size is not known',
      { candidates: [part('lib/7', '/media/X/b.mp4', { size: null })] },
      'none: ',
    ],
    [
      'and the nearest come first, one for each item, five at most',
      {
        candidates: [
          part('lib/1', '/media/y/b.mp4', { durationMs: null }),
          part('lib/2', '/media/y/a.mp4', { size: 5 }),
          part('lib/3', '/media/x/a.mp4', { size: 5 }),
          part('lib/3', '/media/z/a.mp4', { size: 5 }),
          part('lib/4', '/media/y/a.mp4', { size: null }),
          part('lib/5', '/media/y/c.mp4', { durationMs: null }),
          part('lib/6', '/media/y/d.mp4', { durationMs: null }),
        ],
      },
      'none: lib/3 path-other-size, lib/4 name-unknown-size, lib/2 name-other-size, lib/1 size-unknown-duration, lib/5 size-unknown-duration',
    ],
  ])('%s', (_, facts, expected) => {
    expect(summary(match(facts))).toBe(expected);
  });

  test('and the words name its files and the nearest item, on one line', () => {
    const verdict = match({
      files: [file('/data/x/a\nb.mp4')],
      candidates: [part('lib/7', '/media/x/a\nb.mp4', { size: 5 })],
    });
    expect(verdict.kind === 'none' && verdict.words).toBe(
      'Plex has no file that matches "/data/x/a\\nb.mp4". Nearest is "/media/x/a\\nb.mp4": same path, other size: the file was replaced, and either Stash or Plex has not scanned it since.',
    );
  });

  test('until Plex has scanned its file', () => {
    expect(summary(match({ candidates: [] }))).toBe('none: ');
    expect(summary(match({ candidates: [part('lib/7', '/media/x/a.mp4')] }))).toBe('matched: lib/7 by path');
  });
});

describe('a scene cannot be in Plex', () => {
  test.each<[string, MatchFacts, string]>([
    ['without a file', { files: [] }, 'no file'],
    [
      'when all its files are in zip files',
      {
        files: [file('/data/x.zip/a.mp4', { isInZip: true })],
        candidates: [part('lib/7', '/media/x.zip/a.mp4')],
      },
      'zip',
    ],
  ])('%s', (_, facts, word) => {
    const verdict = match(facts);
    expect(verdict.kind === 'not-syncable' && verdict.words).toContain(word);
  });

  test('but one file outside is enough', () => {
    const files = [file('/data/x.zip/a.mp4', { isInZip: true }), file('/data/x/a.mp4')];
    const candidates = [part('lib/7', '/media/x.zip/a.mp4'), part('lib/8', '/media/x/a.mp4')];
    expect(summary(match({ files, candidates }))).toBe('matched: lib/8 by path');
  });
});

describe('a scene that several items match equally well', () => {
  const copies = [
    part('lib/12', '/other/y/a.mp4'),
    part('lib/9', '/other/x/a.mp4'),
    part('lib/7', '/other/z/a.mp4'),
  ];

  test('is left to a person, who sees the candidates', () => {
    const verdict = match({ candidates: copies });
    expect(summary(verdict)).toBe('ambiguous by name-and-size: lib/7, lib/9, lib/12');
    expect(verdict.kind === 'ambiguous' && verdict.words).toBe(
      '3 items of Plex match equally well (same file name and size).',
    );
    expect(verdict.kind === 'ambiguous' && verdict.candidates[0]).toEqual({
      item: { section: 'lib', ratingKey: '7' },
      title: 'A title',
      path: '/other/z/a.mp4',
      size: 1_000,
      durationMs: 60_000,
    });
  });

  test.each<[string, MatchFacts, string]>([
    [
      'the item whose folders are named alike is taken',
      { candidates: copies },
      'matched: lib/9 by name-and-size',
    ],
    [
      'the oldest is taken where no folder is named alike',
      { files: [file('/data/q/a.mp4')], candidates: copies },
      'matched: lib/7 by name-and-size',
    ],
    [
      'the one that is taken is taken in every library',
      { candidates: [...copies, part('two/99', '/other/x/a.mp4')] },
      'matched: lib/9 by name-and-size, two/99 by name-and-size',
    ],
  ])('without strict matching, %s', (_, facts, expected) => {
    expect(summary(match({ isStrict: false, ...facts }))).toBe(expected);
  });

  test('is matched all the same when another of its files is certain', () => {
    const files = [file('/data/q/a.mp4'), file('/data/x/b.mp4', { size: 6 })];
    const candidates = [...copies, part('lib/3', '/media/x/b.mp4', { size: 6 })];
    expect(summary(match({ files, candidates }))).toBe('matched: lib/3 by path');
  });

  test('is ambiguous by the strongest evidence of any of its files', () => {
    const files = [file('/data/q/renamed.mp4'), file('/data/q/a.mp4')];
    expect(summary(match({ files, candidates: copies }))).toBe(
      'ambiguous by name-and-size: lib/7, lib/9, lib/12',
    );
  });
});

describe('a person’s choice', () => {
  const chosen = part('lib/7', '/elsewhere/q.mp4', { durationMs: null });
  const atPath = part('lib/8', '/media/x/a.mp4');

  test.each<[string, MatchFacts, string]>([
    ['is stronger than the path', { candidates: [atPath, chosen] }, 'matched: lib/7 by pinned'],
    [
      'may be several items',
      { pinned: [chosen.item, atPath.item], candidates: [atPath, chosen] },
      'matched: lib/8 by pinned, lib/7 by pinned',
    ],
    [
      'settles what would be ambiguous',
      { candidates: [chosen, part('lib/9', '/r/a.mp4'), part('lib/10', '/s/a.mp4')] },
      'matched: lib/7 by pinned',
    ],
    ['is without object when the item is gone', { candidates: [atPath] }, 'matched: lib/8 by path'],
    [
      'does not stand against a known size, and nothing is taken in its place',
      { candidates: [atPath, { ...chosen, size: 5 }] },
      'none: lib/7 pinned-other-size',
    ],
  ])('%s', (_, facts, expected) => {
    expect(summary(match({ pinned: [chosen.item], ...facts }))).toBe(expected);
  });

  test('is tied by the part and the file that agree best', () => {
    const files = [file('/data/x/a.mp4', { size: null }), file('/data/x/b.mp4', { size: 6 })];
    const parts = [
      part('lib/7', '/m/0.mp4', { id: '1', size: null }),
      part('lib/7', '/m/b.mp4', { id: '2', size: 6 }),
    ];
    const verdict = match({ files, pinned: [chosen.item], candidates: parts });
    expect(verdict).toMatchObject({ links: [{ evidence: 'pinned', file: files[1], part: parts[1] }] });
  });
});
