import { expect, test } from 'vitest';
import { randomOf } from './random.ts';

const draws = (seed: number, name: string): readonly number[] => {
  const random = randomOf(seed, name);
  return Array.from({ length: 20 }, () => random.integer(0, 1_000_000));
};

test('the same seed and name draw the same, another seed or name draws otherwise', () => {
  expect(draws(7, 'crashes')).toEqual(draws(7, 'crashes'));
  expect(draws(7, 'crashes')).not.toEqual(draws(8, 'crashes'));
  expect(draws(7, 'crashes')).not.toEqual(draws(7, 'network'));
});

test('what is drawn under another name moves nothing here', () => {
  const [one, other] = [randomOf(7, 'crashes'), randomOf(7, 'crashes')];
  const named = one.named('moments');
  for (let each = 0; each < 5; each++) named.next();
  expect(one.next()).toBe(other.next());
});
