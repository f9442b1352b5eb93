import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneId } from '../ids.ts';
import { ownerOf } from './contested.ts';

const ids = (...numbers: readonly number[]) => numbers.map((number) => sceneId(String(number)));

describe('an item whose files belong to several scenes', () => {
  test.each([
    ['is owned by the oldest scene', ids(12, 9, 100), ids(), '9'],
    ['is owned by the scene that a person chose it for', ids(12, 9, 100), ids(100), '100'],
    ['is owned by the oldest of several that were chosen', ids(12, 9, 100), ids(100, 12), '12'],
    ['is not owned by a chosen scene that has no file of it', ids(12, 9), ids(100), '9'],
    ['is owned by the only scene', ids(12), ids(), '12'],
  ])('%s', (_, scenes, pinned, owner) => {
    expect(ownerOf({ scenes, pinned })).toBe(owner);
  });

  test('has the same owner whichever scene asks', () => {
    const scenes = fc.uniqueArray(
      fc.nat().map((id) => sceneId(String(id))),
      { minLength: 1 },
    );
    const asked = scenes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
    );
    fc.assert(
      fc.property(asked, ([one, other, pinned]) => {
        expect(ownerOf({ scenes: one, pinned })).toBe(ownerOf({ scenes: other, pinned }));
      }),
    );
  });

  test('cannot be asked about without scenes', () => {
    expect(() => ownerOf({ scenes: [], pinned: [] })).toThrow(RangeError);
  });
});
