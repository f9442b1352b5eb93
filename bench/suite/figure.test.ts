import { expect, test } from 'vitest';
import { figureOf, quantile } from './figure.ts';

test('a figure is the median and how far the samples lie apart', () => {
  expect(figureOf([30, 10, 20])).toEqual({ median: 20, low: 10, high: 30, n: 3 });
  expect(figureOf([1, 2])).toEqual({ median: 1.5, low: 1, high: 2, n: 2 });
});

test('of many samples it shows where the middle half lies, so that one that was disturbed says little', () => {
  const samples = [...Array.from({ length: 100 }, (_, n) => n), 5_000];
  expect(figureOf(samples)).toEqual({ median: 50, low: 25, high: 75, n: 101 });
});

test('of nothing there is no figure', () => expect(figureOf([])).toBeNull());

test('a quantile lies between the samples around it', () => {
  const hundred = Array.from({ length: 101 }, (_, n) => n);
  expect([0, 0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([0, 50, 95, 99, 100]);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
});
