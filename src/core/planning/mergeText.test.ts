import { describe, expect, test } from 'vitest';
import type { Desired, Reason } from './plan.ts';
import { sidesOf } from './sides.ts';
import { decideCase, type MergeCase, preserve } from './testing/mergeCase.ts';
import { sampleItem } from './testing/samples.ts';

/** What a text is to become, null when it is left; and why. */
const textOutcome = (
  of: MergeCase,
  options?: { readonly isAwaiting: boolean },
): readonly [string | null, Reason] => {
  const { edit, reason } = decideCase(of, options);
  return [edit?.kind === 'text' ? edit.value : null, reason];
};

describe('a text', () => {
  const field = 'studio';
  const ours = 'New';
  test.each<[string, Omit<MergeCase, 'field'>, string | null, Reason]>([
    ['that is the same is not written', { ours, theirs: 'New' }, null, 'same'],
    [
      'that differs in white space and Unicode form is the same',
      { ours: 'Café X', theirs: ' Cafe\u0301  X' },
      null,
      'same',
    ],
    ['that differs in case is written', { ours, theirs: 'NEW', base: { value: 'NEW' } }, 'New', 'changed'],
    [
      'that differs in its quotes is written',
      { ours: '“x”', theirs: '"x"', base: { value: '"x"' } },
      '“x”',
      'changed',
    ],

    ['is first written over nothing', { ours, theirs: '' }, 'New', 'first'],
    ['is first written over Plex’s own', { ours, theirs: 'Agent’s' }, 'New', 'first'],
    ['is first written though it is locked', { ours, theirs: 'Agent’s', isLocked: true }, 'New', 'first'],
    ['changes with Stash', { ours, theirs: 'Old', base: { value: 'Old' } }, 'New', 'changed'],
    [
      'changes with Stash, our lock or not',
      { ours, theirs: 'Old', base: { value: 'Old' }, isLocked: true },
      'New',
      'changed',
    ],
    [
      'is taken back from who edited it in Plex',
      { ours, theirs: 'Theirs', base: { value: 'New' } },
      'New',
      'stash-wins',
    ],
    [
      'is taken back from who emptied it in Plex',
      { ours, theirs: '', base: { value: 'New' } },
      'New',
      'stash-wins',
    ],
    ['that we cleared is written again', { ours, theirs: '', base: { value: '' } }, 'New', 'changed'],

    ['of ours is cleared with Stash', { ours: '', theirs: 'Old', base: { value: 'Old' } }, '', 'cleared'],
    [
      'of ours that is not proven yet is cleared with Stash',
      { ours: '', theirs: 'Old', base: { intended: 'Old' } },
      '',
      'cleared',
    ],
    ['of Plex’s own is not cleared', { ours: '', theirs: 'Agent’s' }, null, 'not-ours'],
    [
      'that somebody edited in Plex is not cleared',
      { ours: '', theirs: 'Theirs', base: { value: 'Old' } },
      null,
      'not-ours',
    ],
    [
      'that is empty on both sides is the same',
      { ours: '', theirs: '', base: { value: 'Old' } },
      null,
      'same',
    ],
  ])('%s', (_, of, value, reason) => {
    expect(textOutcome({ field, ...of })).toEqual([value, reason]);
  });

  test.each<[string, Omit<MergeCase, 'field'>, string | null, Reason]>([
    ['fills what is empty', { ours, theirs: '' }, 'New', 'first'],
    ['keeps what Plex held before our first write', { ours, theirs: 'Agent’s' }, null, 'kept-present'],
    [
      'keeps what was locked before our first write',
      { ours, theirs: '', isLocked: true },
      null,
      'kept-locked',
    ],
    ['knows our own lock', { ours, theirs: '', isLocked: true, base: { isLockOurs: true } }, 'New', 'first'],
    [
      'writes what only Stash changed',
      { ours, theirs: 'Old', base: { value: 'Old' }, isLocked: true },
      'New',
      'changed',
    ],
    [
      'writes what only Stash changed, when our last write is not proven',
      { ours, theirs: 'Old', base: { intended: 'Old' }, isLocked: true },
      'New',
      'changed',
    ],
    ['keeps what was edited in Plex', { ours, theirs: 'Theirs', base: { value: 'Old' } }, null, 'kept-edit'],
    ['keeps what was emptied in Plex', { ours, theirs: '', base: { value: 'Old' } }, null, 'kept-edit'],
    ['clears what only Stash emptied', { ours: '', theirs: 'Old', base: { value: 'Old' } }, '', 'cleared'],
    [
      'does not clear what was edited in Plex',
      { ours: '', theirs: 'Theirs', base: { value: 'Old' } },
      null,
      'not-ours',
    ],
  ])('under preserve_plex_edits %s', (_, of, value, reason) => {
    expect(textOutcome({ field, settings: preserve, ...of })).toEqual([value, reason]);
  });

  test.each<[string, Omit<MergeCase, 'field'>, string | null, Reason]>([
    ['is not sent again', { ours, theirs: 'Old', base: { value: 'Old', intended: 'New' } }, null, 'awaited'],
    [
      'is not cleared, since the write may show later',
      { ours: '', theirs: 'Old', base: { intended: 'New' } },
      null,
      'awaited',
    ],
    [
      'is not the same as what Plex shows still',
      { ours: 'Old', theirs: 'Old', base: { value: 'Old', intended: 'New' } },
      null,
      'awaited',
    ],
    [
      'changes with Stash once it shows',
      { ours: 'Newer', theirs: 'New', base: { value: 'Old', intended: 'New' } },
      'Newer',
      'changed',
    ],
  ])('on its way %s', (_, of, value, reason) => {
    expect(textOutcome({ field, ...of }, { isAwaiting: true })).toEqual([value, reason]);
  });

  test('says what it was, what it becomes, and what is to be remembered', () => {
    expect(decideCase({ field, ours, theirs: 'Old', base: { value: 'Old' }, isLocked: true })).toEqual({
      field,
      from: 'Old',
      to: 'New',
      wasLocked: true,
      reason: 'changed',
      edit: { kind: 'text', field, value: 'New', lock: true },
      intended: 'New',
    });
    expect(decideCase({ field, ours: '', theirs: 'Agent’s' })).toEqual({
      field,
      from: 'Agent’s',
      to: 'Agent’s',
      wasLocked: false,
      reason: 'not-ours',
      edit: null,
      intended: null,
    });
  });

  test('keeps its paragraphs, whose breaks are no difference only when they look alike', () => {
    const paragraphs = { field: 'summary', ours: 'One.\n\nTwo.', base: { value: 'Old' } } as const;
    expect(textOutcome({ ...paragraphs, theirs: 'One.\r\n\r\nTwo.' })).toEqual([null, 'same']);
    expect(textOutcome({ ...paragraphs, theirs: 'One. Two.' })).toEqual(['One.\n\nTwo.', 'stash-wins']);
  });
});

describe('a title', () => {
  const field = 'title';
  test.each<[string, Omit<MergeCase, 'field'>, string | null, Reason]>([
    ['that is empty in Stash leaves Plex’s', { ours: '', theirs: 'Some.File' }, null, 'no-title'],
    [
      'that was emptied in Stash leaves what we wrote',
      { ours: '', theirs: 'Old', base: { value: 'Old' } },
      null,
      'no-title',
    ],
    [
      'from the file name is nobody’s work',
      { ours: 'New', theirs: 'Some.File', settings: preserve },
      'New',
      'first',
    ],
    [
      'that a person chose is kept under preserve_plex_edits',
      { ours: 'New', theirs: 'Chosen', settings: preserve },
      null,
      'kept-present',
    ],
    [
      'from the file name that a person locked is kept too',
      { ours: 'New', theirs: 'Some.File', isLocked: true, settings: preserve },
      null,
      'kept-locked',
    ],
  ])('%s', (_, of, value, reason) => {
    expect(textOutcome({ field, ...of })).toEqual([value, reason]);
  });

  test('as a studio a file name is not nobody’s work', () => {
    expect(textOutcome({ field: 'studio', ours: 'New', theirs: 'Some.File', settings: preserve })[1]).toBe(
      'kept-present',
    );
  });
});

test.each<[string, Desired]>([
  ['wanted, too', { title: 'Sea', titleSort: 'Sea' }],
  ['kept for want of one in Stash', { title: '', titleSort: 'Sea' }],
  ['none of ours', { titleSort: 'Sea' }],
])('a sort title that Plex leaves out is the title’s own, where that is %s', (_, desired) => {
  const item = sampleItem({ title: 'Sea', titleSort: '' });
  const sides = sidesOf({ desired, item, bases: {} }).find(({ field }) => field === 'titleSort');
  expect(sides).toMatchObject({ ours: 'Sea', theirs: 'Sea' });
});
