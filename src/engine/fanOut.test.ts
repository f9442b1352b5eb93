import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds, type SceneId, sceneId } from '../core/ids.ts';
import { mergePages } from './fanOut.ts';

const ids = (...numbers: number[]): SceneId[] => numbers.map((number) => sceneId(String(number)));

describe('two pages of scenes', () => {
  test('are one, without doubles, when both are the last', () => {
    expect(mergePages(ids(1, 3), ids(2, 3), 3)).toEqual({ scenes: ids(1, 2, 3), isLast: true });
  });

  test('end where the full one ends, since the next page of it may hold what follows', () => {
    expect(mergePages(ids(1, 5), ids(9), 2)).toEqual({ scenes: ids(1, 5), isLast: false });
  });

  test('end where the first of two full ones ends', () => {
    expect(mergePages(ids(1, 10), ids(2, 9), 2)).toEqual({ scenes: ids(1, 2, 9), isLast: false });
  });

  test('are ordered by number, not by letter', () => {
    expect(mergePages(ids(9, 10), ids(100), 5).scenes).toEqual(ids(9, 10, 100));
  });
});

test('page by page every scene of both sides comes up once', () => {
  const side = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 60 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 10 }), (one, other, pageSize) => {
      const after = (side: readonly number[], cursor: number): SceneId[] =>
        ids(...side.filter((id) => id > cursor).sort((a, b) => a - b)).slice(0, pageSize);
      const met: SceneId[] = [];
      for (let cursor = 0, isLast = false; !isLast; cursor = Number(met.at(-1) ?? 0)) {
        const page = mergePages(after(one, cursor), after(other, cursor), pageSize);
        met.push(...page.scenes);
        ({ isLast } = page);
      }
      expect(met).toEqual(ids(...new Set([...one, ...other])).sort(compareIds));
    }),
  );
});
