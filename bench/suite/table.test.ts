import { expect, test } from 'vitest';
import { asMarkdown, asText, numberText } from './table.ts';

const result = {
  measures: [
    { name: 'time', unit: 'ms' },
    { name: 'requests', unit: '' },
  ],
  cases: [
    {
      name: 'idle',
      figures: {
        time: { median: 12.34, low: 11, high: 15, n: 3 },
        requests: { median: 3, low: 3, high: 3, n: 1 },
      },
      counts: {},
    },
    { name: 'busy', figures: { time: null }, counts: {} },
  ],
  notes: ['A word beside it.'],
} as const;

test('a table for a terminal shows medians, spread and how often was measured', () => {
  expect(asText(result)).toBe(
    [
      '      time, ms      requests  n',
      'idle  12.3 (11–15)  3         3',
      'busy  –             –         0',
      'A word beside it.',
    ].join('\n'),
  );
});

test('in a page it is a table of Markdown', () => {
  expect(asMarkdown(result)).toBe(
    [
      '|  | time, ms | requests | n |',
      '|---|--:|--:|--:|',
      '| idle | 12.3 (11–15) | 3 | 3 |',
      '| busy | – | – | 0 |',
      '',
      'A word beside it.',
    ].join('\n'),
  );
});

test('numbers show three digits that count, and whole ones all of theirs', () => {
  expect([0.00364, 1.0433, 12.345, 233.4, 1461, 100_000].map(numberText)).toEqual([
    '0.00364',
    '1.04',
    '12.3',
    '233',
    '1,461',
    '100,000',
  ]);
});
