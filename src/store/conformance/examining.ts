import { describe, expect, test } from 'vitest';
import { link } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

export function describeExamining(withStore: WithStore): void {
  describe('an exam', () => {
    test('finds a sound store sound, and has looked at all of it', () =>
      withStore(async (store) => {
        await store.links.put([link(1, 10)]);
        const exam = await store.examine(() => true);
        expect(exam.damage).toBeNull();
        expect(exam.examined).toBe(exam.parts);
        expect(exam.parts).toBeGreaterThan(0);
      }));

    test('ends when it is not to go on, and says so', () =>
      withStore(async (store) => {
        let turns = 0;
        const { damage, examined, parts } = await store.examine(() => ++turns <= 2);
        expect({ damage, examined }).toEqual({ damage: null, examined: 2 });
        expect(parts).toBeGreaterThan(2);
      }));
  });
}
