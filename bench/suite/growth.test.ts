import { expect, test } from 'vitest';
import { exponentOf, growthOf } from './growth.ts';

const points = (of: (size: number) => number) => [10, 100, 1_000].map((size) => ({ size, value: of(size) }));

test('what doubles with the size grows with its first power, what goes by pairs with its second', () => {
  expect(exponentOf(points((size) => 3 * size))).toBeCloseTo(1);
  expect(exponentOf(points((size) => 0.2 * size ** 2))).toBeCloseTo(2);
  expect(growthOf(points(() => 7))).toBe('grows with size^0.00');
});

test('one size tells nothing, and what took no time neither', () => {
  expect(exponentOf([{ size: 10, value: 1 }])).toBeNull();
  expect(
    growthOf([
      { size: 10, value: 0 },
      { size: 100, value: 5 },
    ]),
  ).toBe('too few sizes to tell how it grows');
});
