import { describe, expect, test } from 'vitest';
import { toCandidate } from './candidates.ts';
import { file, part } from './matching.fixtures.ts';
import { knownCandidates, nameBeginnings, nearFiles } from './nearFiles.ts';

const rules = { maps: [], isPlexCaseSensitive: null };
const sought = file('/data/north/Harbour lights 1080p.mp4');

describe('beginnings of a name', () => {
  test.each([
    ['/data/Harbour.mp4', ['harbour', 'harbou', 'harb']],
    ['/data/ab.mp4', ['ab']],
    ['/data/.mp4', ['.mp4']],
  ])('of %s are %j', (path, beginnings) => {
    expect(nameBeginnings(path)).toEqual(beginnings);
  });
});

describe('the nearest to a scene without a match', () => {
  const words = (parts: readonly ReturnType<typeof part>[]) =>
    nearFiles([sought], parts, rules).map(({ item, words: said, mayBePinned, map }) => [
      item.ratingKey,
      said,
      mayBePinned,
      map === null ? null : `${map.from}=>${map.to}`,
    ]);

  test('of the same name and an unknown size is what a path map would make the scene’s', () => {
    expect(words([part('lib/7', '/media/north/harbour lights 1080p.mp4', { size: null })])).toEqual([
      ['7', 'same name, but the size is not known on both sides', true, '/data=>/media'],
    ]);
  });

  test('of the same name and another size may not be pinned, and no map helps', () => {
    expect(words([part('lib/7', '/media/north/harbour lights 1080p.mp4', { size: 2 })])).toEqual([
      ['7', 'same name, other size', false, null],
    ]);
  });

  test('of similar names come after, the likest first, and other names not at all', () => {
    expect(
      words([
        part('lib/7', '/m/harbour lights, part two.mkv', { size: 5 }),
        part('lib/8', '/m/Harbour.Lights.[1080p].mkv', { size: 5 }),
        part('lib/9', '/m/harbour master and his dog.mkv', { size: 5 }),
        part('lib/6', '/m/x.mkv', { durationMs: 1 }),
      ]),
    ).toEqual([
      ['6', 'same size, other name and duration', true, null],
      ['8', 'similar file name, other size', false, null],
      ['7', 'similar file name, other size', false, null],
    ]);
  });

  test('are five at most, one for each item, and none for what lies in a zip', () => {
    const parts = [1, 2, 3, 4, 5, 6, 7].flatMap((key) => [
      part(`lib/${key}`, `/m/${key}/harbour lights 1080p.mp4`, { size: 2 }),
      part(`lib/${key}`, `/n/${key}/harbour lights 1080p.mp4`, { size: 2 }),
    ]);
    expect(words(parts).map(([key]) => key)).toEqual(['1', '2', '3', '4', '5']);
    expect(nearFiles([{ ...sought, isInZip: true }], parts, rules)).toEqual([]);
  });
});

test('items that match equally well are told with what each has for it, and the map that would decide', () => {
  const parts = [
    part('lib/7', '/media/a/Harbour lights 1080p.mp4'),
    part('lib/8', '/media/b/other.mp4'),
    part('lib/9', '/media/b/other.mp4', { size: 2 }),
  ];
  const told = knownCandidates(parts.map(toCandidate), [sought], { parts, rules });
  expect(told.map(({ words, mayBePinned, map }) => [words, mayBePinned, map?.from, map?.to])).toEqual([
    ['same file name and size', true, '/data/north', '/media/a'],
    ['same size and duration', true, undefined, undefined],
    ['', false, undefined, undefined],
  ]);
});
