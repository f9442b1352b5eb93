import { describe, expect, test } from 'vitest';
import { seenStamp } from './seenStamp.ts';

const updatedAt = '2026-11-24T03:54:32-05:00';
const instant = Date.parse(updatedAt);

test('a stamp is remembered once no further edit can carry it', () => {
  expect(seenStamp(updatedAt, undefined, instant + 2_000)).toBe(updatedAt);
});

test('a stamp of the running second is not taken for seen', () => {
  expect(seenStamp(updatedAt, undefined, instant + 1_999)).not.toBe(updatedAt);
});

describe.each([
  ['ahead of ours by an hour', updatedAt, instant - 3_600_000],
  ['that makes no sense', 'yesterday', instant],
])('a stamp of a clock %s', (_, stamp, now) => {
  const first = seenStamp(stamp, undefined, now);

  test('is not taken for seen at the first look', () => {
    expect(first).not.toBe(stamp);
  });

  test('stays open within its second, however often it is looked at', () => {
    const second = seenStamp(stamp, first, now + 1_500);
    expect(second).not.toBe(stamp);
    expect(seenStamp(stamp, second, now + 2_000)).toBe(stamp);
  });

  test('stays seen', () => {
    expect(seenStamp(stamp, stamp, now + 1)).toBe(stamp);
  });

  test('says nothing of the stamp of a later edit', () => {
    expect(seenStamp('2026-11-24T03:54:33-05:00', first, now + 60_000 - 3_600_000)).not.toBe(
      '2026-11-24T03:54:33-05:00',
    );
  });
});
