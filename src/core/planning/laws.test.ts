import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_NAMES, isListField, type TextFieldName } from '../field.ts';
import type { Item } from '../item.ts';
import { inheritedBases } from './inheritedBases.ts';
import { type Desired, editsOf } from './plan.ts';
import {
  anySettings,
  bases,
  desiredFrom,
  itemFrom,
  LIST_FIELDS,
  namesOf,
  TEXT_FIELDS,
  tagWrite,
  WORDS,
  worldFrom,
} from './testing/arbitraries.ts';
import { applyEdits } from './testing/plexModel.ts';
import { type LookOptions, look, type World } from './testing/world.ts';

const fold = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map((name) => name.toLowerCase()))].sort();

/** Plex leaves out a sort title that is the title's own. */
const shownText = (item: Item, field: TextFieldName): string =>
  field === 'titleSort' && item.titleSort === '' ? item.title : item[field];

/** Looks until nothing is left to do, which may take one look to give up what was lost and one to send it. */
function settle(world: World, options: Omit<LookOptions, 'sight'>): World {
  const once = look(world, { ...options, sight: 'settled' });
  const twice = look(once.world, { ...options, sight: 'settled' });
  expect(editsOf(twice.plan)).toEqual([]);
  return twice.world;
}

describe('one look', () => {
  const anyWorld = worldFrom(itemFrom(WORDS), bases);

  test('leaves nothing for a second one: plan twice is plan once', () => {
    fc.assert(
      fc.property(anyWorld, anySettings, tagWrite, (world, settings, writes) => {
        const options = { settings, tagWrite: writes };
        const first = look(world, { ...options, sight: 'settled' });
        const second = look(first.world, { ...options, sight: 'soon' });
        expect(editsOf(second.plan)).toEqual([]);
        expect(second.proof).toMatchObject({ awaited: [], givenUp: [] });
        const third = look(second.world, { ...options, sight: 'settled' });
        expect(editsOf(third.plan)).toEqual([]);
        expect(third.proof).toEqual({ arrived: {}, givenUp: [], awaited: [], bases: second.proof.bases });
      }),
    );
  });

  test('makes Plex hold what Stash holds, where Stash has something to say and wins', () => {
    fc.assert(
      fc.property(anyWorld, tagWrite, (world, writes) => {
        const settings = { preservePlexEdits: false, foreignEntries: 'remove', locksFields: true } as const;
        const { held } = look(world, { settings, tagWrite: writes, sight: 'settled' }).world;
        for (const field of TEXT_FIELDS.filter((name) => (world.desired[name] ?? '') !== '')) {
          expect(shownText(held, field)).toBe(world.desired[field]);
        }
        for (const field of LIST_FIELDS) {
          const wanted = fold(world.desired[field] ?? []);
          if (wanted.length === 0) continue;
          const shown = fold(namesOf(held, field));
          // Collections and labels are shared with the people who made theirs.
          const isShared = field === 'collections' || field === 'labels';
          if (isShared) expect(shown).toEqual(expect.arrayContaining([...wanted]));
          else expect(shown).toEqual(wanted);
        }
      }),
    );
  });

  test('can send its edits in any order', () => {
    const ranks = fc.array(fc.nat(), { minLength: FIELD_NAMES.length, maxLength: FIELD_NAMES.length });
    fc.assert(
      fc.property(anyWorld, anySettings, tagWrite, ranks, (world, settings, writes, rank) => {
        const edits = editsOf(look(world, { settings, tagWrite: writes, sight: 'settled' }).plan);
        const shuffled = edits
          .map((edit, index) => ({ edit, rank: rank[index] ?? 0 }))
          .toSorted((one, other) => one.rank - other.rank)
          .map(({ edit }) => edit);
        expect(applyEdits(world.held, shuffled, writes)).toEqual(applyEdits(world.held, edits, writes));
      }),
    );
  });

  test('keeps role and photo of everybody who stays, but for roles that Stash has other words for', () => {
    fc.assert(
      fc.property(anyWorld, anySettings, tagWrite, (world, settings, writes) => {
        const { held } = look(world, { settings, tagWrite: writes, sight: 'settled' }).world;
        for (const actor of held.actors) {
          const known = world.held.actors.find(({ name }) => name === actor.name);
          if (known === undefined) continue;
          const isKnown = (name: string): boolean => name.toLowerCase() === known.name.toLowerCase();
          const isOurs = world.desired.actors?.some(isKnown) === true;
          const wanted = isOurs ? world.desired.cast?.find(({ name }) => isKnown(name)) : undefined;
          const keepsRole = settings.preservePlexEdits || (wanted?.role ?? '') === '';
          expect(actor.thumb).toBe(known.thumb);
          expect(actor.role).toBe(keepsRole ? known.role : wanted?.role);
        }
      }),
    );
  });

  test('names no entry twice, and none both as wanted and as unwanted', () => {
    fc.assert(
      fc.property(anyWorld, anySettings, (world, settings) => {
        const { plan } = look(world, { settings, tagWrite: 'append', sight: 'settled' });
        for (const edit of editsOf(plan)) {
          if (edit.kind === 'text') continue;
          const wanted = edit.entries.map(({ name }) => name.toLowerCase());
          expect(new Set(wanted).size).toBe(wanted.length);
          for (const name of edit.remove) expect(wanted).not.toContain(name.toLowerCase());
        }
      }),
    );
  });
});

test('a scene that nobody has described changes nothing', () => {
  const bare = { title: '', studio: '', summary: '', originallyAvailableAt: '', actors: [], genres: [] };
  fc.assert(
    fc.property(worldFrom(itemFrom(WORDS)), anySettings, tagWrite, (world, settings, writes) => {
      const looked = look({ ...world, desired: bare }, { settings, tagWrite: writes, sight: 'settled' });
      expect(editsOf(looked.plan)).toEqual([]);
      expect(looked.world.held).toEqual(world.held);
    }),
  );
});

describe('any sequence of edits in Stash', () => {
  interface Step {
    readonly desired: Desired;
    /** Until the next edit: looks that see late, and that die before they send. */
    readonly looks: readonly Pick<LookOptions, 'sight' | 'isEditLost'>[];
  }
  const sight = fc.constantFrom<LookOptions['sight']>('late', 'soon', 'settled');
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.record({
      // A field that was switched off since keeps what it had.
      desired: desiredFrom(WORDS, FIELD_NAMES),
      looks: fc.array(fc.record({ sight, isEditLost: fc.boolean() }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  );

  function run(start: World, taken: readonly Step[], options: Omit<LookOptions, 'sight'>): World {
    let world = start;
    for (const { desired, looks } of taken) {
      world = { ...world, desired };
      for (const each of looks) world = look(world, { ...options, ...each }).world;
    }
    return settle(world, options);
  }

  test('ends with what Stash holds last beside what Plex held first, whatever was late or lost', () => {
    fc.assert(
      fc.property(worldFrom(itemFrom(WORDS)), steps, tagWrite, (start, taken, writes) => {
        const settings = { preservePlexEdits: false, foreignEntries: 'keep', locksFields: true } as const;
        const { held, desired } = run(start, taken, { settings, tagWrite: writes });
        for (const field of LIST_FIELDS) {
          expect(fold(namesOf(held, field))).toEqual(
            fold([...(desired[field] ?? []), ...namesOf(start.held, field)]),
          );
        }
        for (const field of TEXT_FIELDS.filter((name) => (desired[name] ?? '') !== '')) {
          expect(shownText(held, field)).toBe(desired[field]);
        }
      }),
    );
  });

  test('removes no entry that we did not add', () => {
    fc.assert(
      fc.property(worldFrom(itemFrom(WORDS)), steps, anySettings, tagWrite, (start, taken, any, writes) => {
        const settings = { ...any, foreignEntries: 'keep', locksFields: true } as const;
        const { held } = run(start, taken, { settings, tagWrite: writes });
        for (const field of LIST_FIELDS) {
          const foreign = fold(namesOf(start.held, field));
          expect(fold(namesOf(held, field))).toEqual(expect.arrayContaining([...foreign]));
        }
      }),
    );
  });
});

describe('an item that Plex made anew under another key, with what it held', () => {
  const settings = { preservePlexEdits: true, foreignEntries: 'keep', locksFields: true } as const;
  /** Without our locks nothing tells our values from the file's or an agent's. */
  const carried = worldFrom(itemFrom(WORDS)).map((start) => settle(start, { settings, tagWrite: 'append' }));

  test('is in step at once', () => {
    fc.assert(
      fc.property(carried, tagWrite, (world, writes) => {
        const anew = { ...world, bases: inheritedBases(world.bases, world.held) };
        expect(editsOf(look(anew, { settings, tagWrite: writes, sight: 'settled' }).plan)).toEqual([]);
      }),
    );
  });

  test('loses what Stash loses later, and nothing else', () => {
    fc.assert(
      fc.property(worldFrom(itemFrom(WORDS)), tagWrite, (start, writes) => {
        const options = { settings, tagWrite: writes };
        const before = settle(start, options);
        const anew = { ...before, bases: inheritedBases(before.bases, before.held) };
        const emptied: Desired = Object.fromEntries(
          FIELD_NAMES.filter((field) => start.desired[field] !== undefined).map((field) => [
            field,
            isListField(field) ? [] : '',
          ]),
        );
        const { held } = settle({ ...anew, desired: emptied }, options);
        for (const field of LIST_FIELDS) {
          expect(fold(namesOf(held, field))).toEqual(fold(namesOf(start.held, field)));
        }
      }),
    );
  });
});
