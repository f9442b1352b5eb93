import { expect, test } from 'vitest';
import type { FailureClass } from '../failure.ts';
import type { FieldDecision, Reason } from './plan.ts';
import { NO_TALLY, type TalliedScene, tallyAfter, tallyWords } from './tally.ts';

const decision = (field: 'title' | 'summary', reason: Reason, isWritten = true): FieldDecision => ({
  field,
  from: '',
  to: 'new',
  wasLocked: false,
  reason,
  edit: isWritten ? { kind: 'text', field, value: 'new', lock: true } : null,
  intended: null,
});
const planned = (...items: readonly (readonly FieldDecision[])[]): TalliedScene => ({
  items: items.map((decisions) => ({ decisions, images: [] })),
  failure: null,
  leftOut: null,
});
const failed = (kind: FailureClass): TalliedScene => ({
  items: [],
  failure: { class: kind, message: 'no' },
  leftOut: null,
});
const tallyOf = (...scenes: readonly TalliedScene[]) => scenes.reduce(tallyAfter, NO_TALLY);

test('counts scenes once, and fields once an item, by their reasons', () => {
  const tally = tallyOf(
    planned([decision('title', 'first'), decision('summary', 'first')], [decision('title', 'changed')]),
    planned([decision('title', 'first'), decision('summary', 'kept-edit', false)]),
    planned([decision('title', 'same', false)]),
    failed('no-match'),
    failed('no-match'),
    failed('ambiguous'),
    { ...planned(), leftOut: 'not organized' },
  );
  expect(tally).toEqual({
    scenes: 7,
    wouldChange: 2,
    inStep: 1,
    leftOut: 1,
    failures: { 'no-match': 2, ambiguous: 1 },
    fields: { title: { first: 2, changed: 1 }, summary: { first: 1 } },
  });
  expect(tallyWords(tally)).toBe(
    '7 scenes: 2 would change, 1 in step, 1 left out, 2 not in Plex, 1 ambiguous; title 3, summary 1',
  );
});

test('a scene with one item that changes and one that failed counts as one that changes', () => {
  const both = { ...planned([decision('title', 'first')]), failure: failed('rejected').failure };
  expect(tallyOf(both)).toMatchObject({ scenes: 1, wouldChange: 1, failures: {} });
});

test('of one scene in step nothing more is said', () => {
  expect(tallyWords(tallyOf(planned([])))).toBe('1 scene: 0 would change, 1 in step');
});

test('an image counts as a field where it would be sent', () => {
  const image = (act: 'upload' | 'nothing') =>
    ({ kind: 'poster', act, reason: 'first', failure: null }) as const;
  const scene = (act: 'upload' | 'nothing'): TalliedScene => ({
    items: [{ decisions: [], images: [image(act), { failure: { class: 'rejected', message: 'no' } }] }],
    failure: null,
    leftOut: null,
  });
  expect(tallyWords(tallyOf(scene('upload'), scene('nothing')))).toBe(
    '2 scenes: 1 would change, 1 in step; poster 1',
  );
});
