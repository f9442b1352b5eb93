import { expect, test } from 'vitest';
import { seenStamp } from './seenStamp.ts';

const updatedAt = '2026-11-24T03:54:32-05:00';
const instant = Date.parse(updatedAt);

test('a stamp is remembered once no further edit can carry it', () => {
  expect(seenStamp(updatedAt, instant + 2_000)).toBe(updatedAt);
});

test('a stamp of the running second is not taken for seen', () => {
  expect(seenStamp(updatedAt, instant + 1_999)).not.toBe(updatedAt);
  expect(seenStamp(updatedAt, instant - 60_000)).not.toBe(updatedAt);
});
