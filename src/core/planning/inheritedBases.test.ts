import { expect, test } from 'vitest';
import type { Item } from '../item.ts';
import { inheritedBases } from './inheritedBases.ts';
import type { Base } from './plan.ts';
import { sampleItem } from './testing/samples.ts';

const item = (more: Partial<Item> = {}): Item =>
  sampleItem({
    title: '',
    lockedFields: new Set(['title', 'studio', 'summary', 'genre', 'actor']),
    ...more,
  });

const base = (value: Base['value'], more: Partial<Base> = {}): Base => ({
  value,
  intended: null,
  isLockOurs: true,
  ...more,
});

test('a text that the new item shows is still ours, and the lock whose it was', () => {
  const bases = { title: base('Ours'), studio: base('Ours too', { isLockOurs: false }) };
  expect(inheritedBases(bases, item({ title: 'Ours', studio: 'Ours too' }))).toEqual(bases);
});

test('the same values without a lock are of the file or an agent', () => {
  const bases = { title: base('Ours'), genres: base(['A']) };
  const unlocked = item({ title: 'Ours', genres: ['A'], lockedFields: new Set() });
  expect(inheritedBases(bases, unlocked)).toEqual({});
});

test('a text that it does not show was nobody’s to empty', () => {
  expect(inheritedBases({ title: base('Ours'), summary: base('') }, item({ title: 'file' }))).toEqual({});
});

test('of a list, what it shows of our entries is ours', () => {
  const bases = { genres: base(['A', 'B']), actors: base(['C']) };
  const shown = item({ genres: ['b', 'Foreign'], actors: [{ name: 'C', role: '', thumb: '' }] });
  expect(inheritedBases(bases, shown)).toMatchObject({ genres: { value: ['B'] }, actors: { value: ['C'] } });
  expect(inheritedBases(bases, item())).toEqual({});
});

test('what was on its way is ours where it shows, and is on its way no more', () => {
  const bases = {
    title: base('Old', { intended: 'New' }),
    genres: base(null, { intended: ['A'] }),
  };
  expect(inheritedBases(bases, item({ title: 'New', genres: ['A'] }))).toMatchObject({
    title: { value: 'New', intended: null },
    genres: { value: ['A'], intended: null },
  });
});
