import * as v from 'valibot';
import { expect, test } from 'vitest';
import { issueWords } from './issueWords.ts';

test('what does not fit is told in some words, however long it is', () => {
  const parsed = v.safeParse(v.object({ rating: v.number() }), { rating: 'x'.repeat(1_000_000) });
  expect(parsed.issues && issueWords(parsed.issues)).toMatch(/^rating: Invalid type: .{200,280}…$/);
});
