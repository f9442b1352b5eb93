import { describe, expect, test } from 'vitest';
import type { Reason } from './plan.ts';
import { decideCase, type MergeCase, preserve, remove } from './testing/mergeCase.ts';

/** The list that is sent, what is taken away, what is to be remembered as ours; nulls when it is left. */
const listOutcome = (of: MergeCase, options?: { readonly isAwaiting: boolean }) => {
  const { edit, intended, reason } = decideCase(of, options);
  if (edit?.kind !== 'list') return { reason };
  return { entries: edit.entries.map(({ name }) => name), remove: edit.remove, ours: intended, reason };
};

describe('a list', () => {
  const field = 'genres';
  const left = (reason: Reason) => ({ reason });

  test.each<[string, Omit<MergeCase, 'field'>, ReturnType<typeof listOutcome>]>([
    ['that is the same is not written', { ours: ['a', 'b'], theirs: ['a', 'b'] }, left('same')],
    ['in another order is the same', { ours: ['a', 'b'], theirs: ['b', 'a'] }, left('same')],
    ['in another spelling is the same', { ours: ['Big Tag'], theirs: ['big  TAG'] }, left('same')],
    ['that Plex holds twice is the same', { ours: ['a'], theirs: ['a', 'A'] }, left('same')],
    ['with more in Plex is the same', { ours: ['a'], theirs: ['a', 'x'] }, left('same')],
    ['that is empty on both sides is the same', { ours: [], theirs: [] }, left('same')],
    ['that is empty in Stash leaves what is not ours', { ours: [], theirs: ['x'] }, left('not-ours')],

    [
      'goes whole: ours in Stash’s order, then Plex’s own in its order',
      { ours: ['c', 'a', 'b'], theirs: ['y', 'b', 'x'] },
      { entries: ['c', 'a', 'b', 'y', 'x'], remove: [], ours: ['c', 'a'], reason: 'first' },
    ],
    [
      'keeps the spelling that Plex holds',
      { ours: ['Alpha', 'Beta'], theirs: ['ALPHA'] },
      { entries: ['ALPHA', 'Beta'], remove: [], ours: ['Beta'], reason: 'first' },
    ],
    [
      'loses what Stash lost and we had added',
      { ours: ['a'], theirs: ['a', 'b', 'x'], base: { value: ['a', 'b'] } },
      { entries: [], remove: ['b'], ours: ['a'], reason: 'changed' },
    ],
    [
      'keeps what Stash lost and Plex had before us',
      { ours: [], theirs: ['a', 'b'], base: { value: ['a'] } },
      { entries: [], remove: ['a'], ours: [], reason: 'cleared' },
    ],
    [
      'is emptied by removing every name',
      { ours: [], theirs: ['a', 'b'], base: { value: ['b', 'a'] } },
      { entries: [], remove: ['a', 'b'], ours: [], reason: 'cleared' },
    ],
    [
      'removes in every spelling that Plex holds',
      { ours: ['b'], theirs: ['Alpha', 'ALPHA', 'b'], base: { value: ['alpha'] } },
      { entries: [], remove: ['Alpha', 'ALPHA'], ours: [], reason: 'changed' },
    ],
    [
      'takes back what a person removed in Plex',
      { ours: ['a', 'b'], theirs: ['a'], base: { value: ['a', 'b'] } },
      { entries: ['a', 'b'], remove: [], ours: ['a', 'b'], reason: 'stash-wins' },
    ],
    [
      'knows as ours what was sent and is not proven yet',
      { ours: ['b'], theirs: ['a', 'b'], base: { intended: ['a', 'b'] } },
      { entries: [], remove: ['a'], ours: ['b'], reason: 'first' },
    ],
    [
      'is first written though it is locked',
      { ours: ['a'], theirs: ['x'], isLocked: true },
      { entries: ['a', 'x'], remove: [], ours: ['a'], reason: 'first' },
    ],
  ])('%s', (_, of, outcome) => {
    expect(listOutcome({ field, ...of })).toEqual(outcome);
  });

  test.each<[string, Omit<MergeCase, 'field'>, ReturnType<typeof listOutcome>]>([
    [
      'what is not in Stash goes',
      { ours: ['a'], theirs: ['x', 'a', 'y'], base: { value: ['a'] } },
      { entries: [], remove: ['x', 'y'], ours: ['a'], reason: 'stash-wins' },
    ],
    [
      'what is not in Stash goes with the first write',
      { ours: ['a'], theirs: ['x'] },
      { entries: ['a'], remove: ['x'], ours: ['a'], reason: 'first' },
    ],
    ['a scene without tags removes none of Plex’s own', { ours: [], theirs: ['x'] }, left('not-ours')],
    [
      'under preserve_plex_edits all stays',
      { ours: ['a'], theirs: ['x'], settings: { ...preserve, ...remove } },
      { entries: ['a', 'x'], remove: [], ours: ['a'], reason: 'first' },
    ],
  ])('with foreign_entries = remove %s', (_, of, outcome) => {
    expect(listOutcome({ field, settings: remove, ...of })).toEqual(outcome);
  });

  test.each<[string, Omit<MergeCase, 'field'>, ReturnType<typeof listOutcome>]>([
    [
      'adds to what Plex held before our first write',
      { ours: ['a'], theirs: ['x'] },
      { entries: ['a', 'x'], remove: [], ours: ['a'], reason: 'first' },
    ],
    [
      'keeps a list whole that was locked before our first write',
      { ours: ['a'], theirs: ['x'], isLocked: true },
      left('kept-locked'),
    ],
    [
      'says the same of a locked list that has it all',
      { ours: ['a'], theirs: ['a'], isLocked: true },
      left('same'),
    ],
    [
      'keeps removed what a person removed',
      { ours: ['a', 'b'], theirs: ['a'], base: { value: ['a', 'b'] } },
      left('kept-edit'),
    ],
    [
      'remembers what a person removed over our next write',
      { ours: ['a', 'b', 'c'], theirs: ['a'], base: { value: ['a', 'b'] } },
      { entries: ['a', 'c'], remove: [], ours: ['a', 'b', 'c'], reason: 'changed' },
    ],
    [
      'removes what Stash lost and we had added',
      { ours: ['a'], theirs: ['a', 'b', 'x'], base: { value: ['a', 'b'] } },
      { entries: [], remove: ['b'], ours: ['a'], reason: 'changed' },
    ],
  ])('under preserve_plex_edits %s', (_, of, outcome) => {
    expect(listOutcome({ field, settings: preserve, ...of })).toEqual(outcome);
  });

  test.each<[string, Omit<MergeCase, 'field'>, ReturnType<typeof listOutcome>]>([
    ['is not sent again', { ours: ['a'], theirs: [], base: { intended: ['a'] } }, left('awaited')],
    [
      'is not sent again when half of it shows',
      { ours: ['a', 'b'], theirs: ['a'], base: { intended: ['a', 'b'] } },
      left('awaited'),
    ],
    [
      'is not sent again when what goes still shows',
      { ours: ['a'], theirs: ['a', 'b'], base: { value: ['a', 'b'], intended: ['a'] } },
      left('awaited'),
    ],
    [
      'is not sent again when what is foreign still shows',
      { ours: ['a'], theirs: ['a', 'x'], base: { intended: ['a'] }, settings: remove },
      left('awaited'),
    ],
    [
      'waits although Stash changed once more',
      { ours: [], theirs: [], base: { intended: ['a'] } },
      left('awaited'),
    ],
    [
      'changes with Stash once it shows',
      { ours: ['b'], theirs: ['a'], base: { intended: ['a'] } },
      { entries: ['b'], remove: ['a'], ours: ['b'], reason: 'first' },
    ],
  ])('on its way %s', (_, of, outcome) => {
    expect(listOutcome({ field, ...of }, { isAwaiting: true })).toEqual(outcome);
  });

  test('says what Plex will show', () => {
    expect(decideCase({ field, ours: ['a'], theirs: ['x', 'b'], base: { value: ['b'] } })).toMatchObject({
      from: ['x', 'b'],
      to: ['a', 'x'],
    });
  });
});

describe('the cast', () => {
  const known = { name: 'Ann', role: 'Herself', thumb: 'https://example.org/ann.jpg' };

  test('keeps role and photo of those whom Plex has, in Plex’s spelling', () => {
    const { edit } = decideCase({ field: 'actors', ours: ['Bea', 'ANN'], theirs: [known] });
    expect(edit).toEqual({
      kind: 'list',
      field: 'actors',
      entries: [{ name: 'Bea' }, known],
      remove: [],
      lock: true,
    });
  });

  test('is locked under the name that Plex gives it in edits', () => {
    expect(
      decideCase({ field: 'actors', ours: ['Bea'], theirs: [], isLocked: true, settings: preserve }).reason,
    ).toBe('kept-locked');
  });
});
