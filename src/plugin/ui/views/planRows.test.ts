import { expect, test } from 'vitest';
import type { FieldDecision } from '../../../core/planning/plan.ts';
import { planRows } from './planRows.ts';

const decision = (facts: Partial<FieldDecision>): FieldDecision => ({
  field: 'title',
  from: 'Old',
  to: 'New',
  wasLocked: false,
  reason: 'changed',
  edit: { kind: 'text', field: 'title', value: 'New', lock: true },
  intended: 'New',
  ...facts,
});
const image = {
  kind: 'poster',
  act: 'upload',
  reason: 'first',
  skipped: null,
  before: null,
  key: null,
  arrived: null,
  wasLocked: false,
  isLockMissing: true,
  failure: null,
} as const;

test('what is written comes before what stays, each with its reason', () => {
  const rows = planRows({
    decisions: [
      decision({ field: 'studio', from: 'Kept', reason: 'kept-edit', edit: null }),
      decision({ field: 'summary', reason: 'same', edit: null }),
      decision({}),
    ],
    images: [],
  });
  expect(rows).toEqual([
    { field: 'title', from: '"Old"', to: '"New"', why: 'changed in Stash', isWritten: true },
    {
      field: 'studio',
      from: '"Kept"',
      to: '"Kept"',
      why: 'edited in Plex, and preserve_plex_edits keeps it',
      isWritten: false,
    },
  ]);
});

test('images come last: sent, left for a reason of the cover, or not known', () => {
  const rows = planRows({
    decisions: [],
    images: [
      image,
      { ...image, act: 'nothing', skipped: 'no-cover' },
      { ...image, act: 'nothing', skipped: 'too-large' },
      { kind: 'background', act: 'nothing', failure: { class: 'unreachable', message: 'Plex is away.' } },
    ],
  });
  expect(rows.map(({ field, to, why, isWritten }) => [field, to, why, isWritten])).toEqual([
    ['poster', 'the cover of Stash', 'first written by PlexSync', true],
    ['poster', '', expect.any(String), false],
    ['background', '', 'Plex is away.', false],
  ]);
});
