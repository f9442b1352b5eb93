import { describe, expect, test } from 'vitest';
import type { Base } from './plan.ts';
import type { Proof } from './proof.ts';
import { type MergeCase, preserve, proveCase, remove } from './testing/mergeCase.ts';

type CaseOf = Omit<MergeCase, 'field'>;

/** What a proof says of one field. */
const stateIn = (proof: Proof, field: MergeCase['field']) => ({
  state: proof.awaited.includes(field) ? 'awaited' : proof.givenUp.includes(field) ? 'given up' : 'closed',
  stored: proof.arrived[field]?.value,
});
const base = (value: Base['value'], intended: Base['intended']): Partial<Base> => ({ value, intended });
const untouched = { state: 'closed', stored: undefined };

describe('a text', () => {
  const field = 'studio';
  test.each<[string, CaseOf, object]>([
    [
      'has arrived when Plex shows it',
      { ours: 'New', theirs: 'New', base: base('Old', 'New') },
      { state: 'closed', stored: 'New' },
    ],
    [
      'has arrived in another Unicode form',
      { ours: 'é', theirs: 'e\u0301', base: base(null, 'é') },
      { state: 'closed', stored: 'é' },
    ],
    [
      'has arrived when it was cleared',
      { ours: '', theirs: '', base: base('Old', '') },
      { state: 'closed', stored: '' },
    ],
    [
      'has arrived though Stash has changed since',
      { ours: 'Newer', theirs: 'New', base: base('Old', 'New') },
      { state: 'closed', stored: 'New' },
    ],
    [
      'is awaited while Plex shows another',
      { ours: 'New', theirs: 'Old', base: base('Old', 'New') },
      { state: 'awaited', stored: undefined },
    ],
    ['that we never wrote is none of ours', { ours: 'Same', theirs: 'Same' }, untouched],
    [
      'that nobody changed needs nothing',
      { ours: 'Same', theirs: 'Same', base: base('Same', null) },
      untouched,
    ],
    [
      'that was edited in Plex alone keeps its base',
      { ours: 'Old', theirs: 'Theirs', base: base('Old', null) },
      untouched,
    ],
    [
      'that was edited to the same on both sides is agreed on',
      { ours: 'New', theirs: 'New', base: base('Old', null) },
      { state: 'closed', stored: 'New' },
    ],
  ])('%s', (_, of, outcome) => {
    expect(stateIn(proveCase({ field, ...of }), field)).toEqual(outcome);
  });

  test('that does not show in time is given up, and its base stays what it was', () => {
    const proof = proveCase(
      { field, ours: 'New', theirs: 'Old', base: base('Old', 'New') },
      { isWaitOver: true },
    );
    expect(stateIn(proof, field)).toEqual({ state: 'given up', stored: undefined });
    expect(proof.bases[field]).toEqual({ value: 'Old', intended: null, isLockOurs: false });
  });

  test('that shows when the time is over has arrived', () => {
    const proof = proveCase(
      { field, ours: 'New', theirs: 'New', base: base('Old', 'New') },
      { isWaitOver: true },
    );
    expect(stateIn(proof, field)).toEqual({ state: 'closed', stored: 'New' });
  });
});

describe('a list', () => {
  const field = 'genres';
  const arrived = (...stored: readonly string[]) => ({ state: 'closed', stored });
  const awaited = { state: 'awaited', stored: undefined };
  test.each<[string, CaseOf, object]>([
    [
      'has arrived when every name is there',
      { ours: ['a', 'b'], theirs: ['x', 'B', 'a'], base: base(null, ['a', 'b']) },
      arrived('a', 'b'),
    ],
    [
      'is awaited while a name is missing',
      { ours: ['a', 'b'], theirs: ['a'], base: base(null, ['a', 'b']) },
      awaited,
    ],
    [
      'is awaited while a name that goes is there',
      { ours: ['a'], theirs: ['a', 'B'], base: base(['a', 'b'], ['a']) },
      awaited,
    ],
    ['has arrived when it was emptied', { ours: [], theirs: ['x'], base: base(['a'], []) }, arrived()],
    [
      'is awaited while what is foreign and goes is there',
      { ours: ['a'], theirs: ['a', 'x'], base: base(null, ['a']), settings: remove },
      awaited,
    ],
    [
      'has arrived beside what Plex had before us and Stash has too',
      { ours: ['a', 'p'], theirs: ['a', 'p'], base: base(null, ['a']), settings: remove },
      arrived('a'),
    ],
    [
      'has arrived without what a person removed before',
      {
        ours: ['a', 'b', 'c'],
        theirs: ['a', 'c'],
        base: base(['a', 'b'], ['a', 'b', 'c']),
        settings: preserve,
      },
      arrived('a', 'b', 'c'),
    ],
    [
      'is awaited without it when Stash wins',
      { ours: ['a', 'b'], theirs: ['a'], base: base(['a', 'b'], ['a', 'b']) },
      awaited,
    ],
    [
      'that nobody changed needs nothing',
      { ours: ['a'], theirs: ['a', 'x'], base: base(['a'], null) },
      untouched,
    ],
    [
      'keeps as ours what a person removed and Stash has',
      { ours: ['a', 'b'], theirs: ['a'], base: base(['a', 'b'], null), settings: preserve },
      untouched,
    ],
    [
      'forgets what both sides have removed',
      { ours: ['a'], theirs: ['a'], base: base(['a', 'b'], null) },
      arrived('a'),
    ],
    ['that we never wrote is none of ours', { ours: ['a'], theirs: ['a'] }, untouched],
  ])('%s', (_, of, outcome) => {
    expect(stateIn(proveCase({ field, ...of }), field)).toEqual(outcome);
  });

  test.each<[string, CaseOf, object]>([
    [
      'what arrived of it is ours',
      { ours: ['a', 'b'], theirs: ['a'], base: base(null, ['a', 'b']) },
      { state: 'given up', stored: ['a'] },
    ],
    [
      'what was to go and did not is ours still',
      { ours: ['a'], theirs: ['a', 'b'], base: base(['a', 'b'], ['a']) },
      { state: 'given up', stored: undefined },
    ],
    [
      'nothing of it is ours when nothing arrived',
      { ours: ['a'], theirs: ['x'], base: base(null, ['a']) },
      { state: 'given up', stored: undefined },
    ],
  ])('is given up when it does not show in time; %s', (_, of, outcome) => {
    expect(stateIn(proveCase({ field, ...of }, { isWaitOver: true }), field)).toEqual(outcome);
  });
});

test('the bases after a proof have nothing open but what is awaited, and keep whose lock it is', () => {
  const open = {
    field: 'genres',
    ours: ['a'],
    theirs: [],
    base: { intended: ['a'], isLockOurs: true },
  } as const;
  expect(proveCase(open).bases).toEqual({ genres: { value: null, intended: ['a'], isLockOurs: true } });
  expect(proveCase(open, { isWaitOver: true }).bases).toEqual({
    genres: { value: null, intended: null, isLockOurs: true },
  });
  expect(proveCase({ ...open, theirs: ['A'] }).bases).toEqual({
    genres: { value: ['a'], intended: null, isLockOurs: true },
  });
});
