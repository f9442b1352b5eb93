import { expect, test } from 'vitest';
import type { Link } from '../link.ts';
import { isLongDead } from './deadLinks.ts';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

test.each<[string, Partial<Link>, boolean]>([
  ['verified 45 days ago', { verifiedAt: NOW - 45 * DAY_MS, writtenAt: null }, false],
  ['verified longer ago', { verifiedAt: NOW - 45 * DAY_MS - 1, writtenAt: null }, true],
  ['written since', { verifiedAt: NOW - 90 * DAY_MS, writtenAt: NOW - DAY_MS }, false],
  ['of which nothing ever arrived', { verifiedAt: null, writtenAt: null }, true],
  ['that a person has chosen', { evidence: 'pinned', verifiedAt: null, writtenAt: null }, false],
])('a link %s', (_what, link, isDead) => {
  const complete = { evidence: 'path', verifiedAt: null, writtenAt: null, ...link } as const;
  expect(isLongDead(complete, NOW)).toBe(isDead);
});
