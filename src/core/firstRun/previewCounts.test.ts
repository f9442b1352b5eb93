import { expect, test } from 'vitest';
import type { FieldName } from '../field.ts';
import type { FieldDecision } from '../planning/plan.ts';
import { previewCounts } from './previewCounts.ts';

const edited = (field: 'title' | 'studio'): FieldDecision => ({
  field,
  reason: 'first',
  from: '',
  to: 'new',
  wasLocked: false,
  intended: 'new',
  edit: { kind: 'text', field, value: 'new', lock: true },
});
const left = (field: FieldName): FieldDecision => ({
  field,
  reason: 'same',
  from: '',
  to: '',
  edit: null,
  wasLocked: false,
  intended: null,
});

test('scenes are counted by what would become of them, items by field', () => {
  const planned = [
    {
      items: [{ decisions: [edited('title'), edited('studio')] }, { decisions: [edited('studio')] }],
      failure: null,
      leftOut: null,
    },
    { items: [{ decisions: [left('title')] }], failure: null, leftOut: null },
    { items: [], failure: { class: 'ambiguous' }, leftOut: null },
    { items: [], failure: null, leftOut: 'it has the tag x' },
    // One item of two could not be read.
    { items: [{ decisions: [edited('studio')] }], failure: { class: 'rejected' }, leftOut: null },
  ];
  expect(previewCounts(planned)).toEqual({
    scenes: 5,
    written: 2,
    same: 1,
    leftOut: 1,
    failed: 1,
    fields: [
      { field: 'studio', items: 3 },
      { field: 'title', items: 1 },
    ],
  });
});
