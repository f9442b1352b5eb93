import { describe, expect, test } from 'vitest';
import type { PlexImage } from './imageKind.ts';
import { nameOfGiven, restoring } from './selection.ts';

const list = (selected: string | null, ...keys: readonly string[]): readonly PlexImage[] =>
  keys.map((key) => ({ key, isSelected: key === selected }));

describe('an image that we gave is', () => {
  test.each<[string, string | null, string | null, string | null]>([
    ['the one by its name', 'upload://posters/a', 'media://x', 'upload://posters/a'],
    ['another upload than before', 'upload://posters/other', 'media://x', 'upload://posters/other'],
    ['not the one that was there', 'upload://posters/old', 'upload://posters/old', null],
    ['not one of an agent', 'metadata://posters/b', 'media://x', null],
    ['not there', null, null, null],
  ])('%s', (_, selected, before, name) => {
    const given = { key: 'upload://posters/a', before };
    expect(nameOfGiven(list(selected, selected ?? 'media://x', 'media://y'), given)).toBe(name);
  });
});

describe('an earlier image', () => {
  test.each<[string, string, readonly PlexImage[], object]>([
    ['is selected while Plex holds it', 'm', list('u', 'm', 'u'), { act: 'select', key: 'm' }],
    ['is selected already', 'm', list('m', 'm', 'u'), { act: 'nothing' }],
    ['is gone', 'm', list('u', 'u'), { act: 'leave', why: expect.stringContaining('does not hold') }],
    ['was none', '', list('u', 'u'), { act: 'leave', why: expect.stringContaining('none before') }],
    [
      'is not brought back over another choice',
      'm',
      list('x', 'm', 'u', 'x'),
      { act: 'leave', why: expect.stringContaining('changed since') },
    ],
  ])('%s', (_, before, images, plan) => {
    expect(restoring({ before, after: 'u' }, images, { isForced: false })).toEqual(plan);
  });

  test('is brought back over another choice where that is forced', () => {
    const given = { before: 'm', after: 'u' };
    expect(restoring(given, list('x', 'm', 'x'), { isForced: true })).toEqual({ act: 'select', key: 'm' });
  });
});
