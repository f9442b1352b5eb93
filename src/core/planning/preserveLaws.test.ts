import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELDS } from '../field.ts';
import type { Item } from '../item.ts';
import { editsOf } from './plan.ts';
import {
  anySettings,
  desiredFrom,
  itemFrom,
  LIST_FIELDS,
  namesOf,
  TEXT_FIELDS,
  tagWrite,
  WORDS,
  worldFrom,
} from './testing/arbitraries.ts';
import { type LookOptions, look, type World } from './testing/world.ts';

/** Words that Stash never has, so that whose they are is plain. */
const PERSONS = ['One', 'Two', 'Three'];
const person = fc.constantFrom(...PERSONS);
const sight = fc.constantFrom<LookOptions['sight']>('soon', 'settled');

function expectPersonsKept(before: Item, after: Item): void {
  for (const field of TEXT_FIELDS.filter((name) => PERSONS.includes(before[name]))) {
    expect(after[field]).toBe(before[field]);
  }
  for (const field of LIST_FIELDS) {
    const theirs = namesOf(before, field).filter((name) => PERSONS.includes(name));
    expect(namesOf(after, field)).toEqual(expect.arrayContaining(theirs));
  }
}

/** What may happen next to the world; a look must leave what persons put into Plex. */
type Step = (world: World) => World;
const stashEdit = desiredFrom(WORDS).map(
  (desired): Step =>
    (world) => ({ ...world, desired }),
);
const textEdit = fc.record({ field: fc.constantFrom(...TEXT_FIELDS), value: person }).map(
  ({ field, value }): Step =>
    (world) => ({ ...world, held: { ...world.held, [field]: value } }),
);
const genreAdded = person.map(
  (name): Step =>
    (world) => ({
      ...world,
      held: { ...world.held, genres: [...world.held.genres, name] },
    }),
);
const lookThatKeeps = fc.record({ settings: anySettings, sight, tagWrite }).map(
  (options): Step =>
    (world) => {
      const settings = { ...options.settings, preservePlexEdits: true };
      const looked = look(world, { ...options, settings });
      expectPersonsKept(world.held, looked.world.held);
      return looked.world;
    },
);

describe('preserve_plex_edits', () => {
  test('loses nothing that a person or an agent put into Plex, whatever happens in Stash', () => {
    const steps = fc.array(fc.oneof(stashEdit, textEdit, genreAdded, lookThatKeeps), { maxLength: 12 });
    fc.assert(
      fc.property(worldFrom(itemFrom(PERSONS)), steps, (start, taken) => {
        taken.reduce((world, step) => step(world), start);
      }),
    );
  });

  test('leaves every field alone that was locked before our first write', () => {
    fc.assert(
      fc.property(worldFrom(itemFrom(WORDS)), tagWrite, (start, writes) => {
        // Stars are of one user, and have no lock.
        const { userRating: _, ...locked } = FIELDS;
        const held = { ...start.held, lockedFields: new Set(Object.values(locked).map(({ plex }) => plex)) };
        const settings = { preservePlexEdits: true, foreignEntries: 'remove', locksFields: true } as const;
        const { plan } = look(
          { ...start, held, shown: held },
          { settings, tagWrite: writes, sight: 'settled' },
        );
        expect(editsOf(plan).filter(({ field }) => field !== 'userRating')).toEqual([]);
      }),
    );
  });
});
