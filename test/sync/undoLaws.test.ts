import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemState, PersonEdit } from '../../simulator/plex/libraryAccess.ts';
import { FIELD_NAMES, FIELDS, type FieldName, isListField, textFacts } from '../../src/core/field.ts';
import type { World } from '../world/world.ts';
import { EVERY_FIELD, itemAt, performerIds, settle, studioId, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

/** As many cases at once as one batch can mix. */
const FILES = 8;
const WORDS = ['Rain', 'Sea', 'Snow', 'Wind'];
const numbers = Array.from({ length: FILES }, (_, index) => index + 1);

/** A photo is the person’s, on every item, and nobody knows how one goes from Plex [U]. */
const SETTINGS = { ...EVERY_FIELD, performer_photo: '' };

const word = fc.constantFrom('', ...WORDS);
const words = fc.subarray(WORDS);

/** Every field that PlexSync carries, as a person may leave it. */
const personEdit: fc.Arbitrary<PersonEdit> = fc
  .record({
    texts: fc.array(word, { minLength: FIELD_NAMES.length, maxLength: FIELD_NAMES.length }),
    lists: fc.array(words, { minLength: FIELD_NAMES.length, maxLength: FIELD_NAMES.length }),
    isTouched: fc.array(fc.boolean(), { minLength: FIELD_NAMES.length, maxLength: FIELD_NAMES.length }),
    // Plex makes an unlocked sort title anew with each new title, whoever has set it.
    unlock: fc.subarray(
      FIELD_NAMES.map((field) => FIELDS[field].plex).filter((name) => name !== 'titleSort'),
    ),
  })
  .map(({ texts, lists, isTouched, unlock }) => {
    const touched = FIELD_NAMES.map((field, place) => ({ field, place })).filter(
      ({ place }) => isTouched[place],
    );
    const listed = touched.filter(({ field }) => isListField(field));
    const actors = listed.find(({ field }) => FIELDS[field].plex === 'actor');
    return {
      fields: Object.fromEntries(
        touched
          .filter(({ field }) => !isListField(field))
          .map(({ field, place }) => [FIELDS[field].plex, valueOf(field, texts[place] ?? '')]),
      ),
      tags: Object.fromEntries(
        listed
          .filter(({ field }) => FIELDS[field].plex !== 'actor')
          .map(({ field, place }) => [FIELDS[field].plex, lists[place] ?? []]),
      ),
      ...(actors === undefined
        ? {}
        : { actors: (lists[actors.place] ?? []).map((name) => ({ name, role: `${name}’s role` })) }),
      unlock,
    };
  });

/** No item goes without a title, and Plex takes dates alone for a date, numbers alone for a rating. */
function valueOf(field: FieldName, text: string): string {
  if (field === 'title') return text === '' ? 'By a person' : text;
  if (text === '' || isListField(field)) return text;
  if (textFacts(field).shape === 'number') return String(text.length);
  return field === 'originallyAvailableAt' ? `201${text.length}-01-02` : text;
}

const stashEdit = fc.record({
  title: word,
  details: word,
  date: fc.constantFrom(null, '2001-02-03'),
  rating100: fc.constantFrom(null, 60, 85),
  studio: word,
  tags: words,
  performers: words,
});

const cases = fc.array(fc.record({ person: personEdit, stash: stashEdit, since: personEdit }), {
  minLength: FILES,
  maxLength: FILES,
});
type Case = typeof cases extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

async function writeAll(world: World, given: readonly Case[]): Promise<void> {
  for (const [index, { stash }] of given.entries()) {
    const { title, details, date, studio, tags, performers, rating100 } = stash;
    await world.edit(index + 1, {
      title,
      details,
      date,
      code: details,
      director: performers.join(', '),
      rating100,
      studioId: studio === '' ? null : studioId(world, studio),
      tagIds: tagIds(world, tags),
      performerIds: performerIds(world, performers),
    });
  }
  await settle(world);
}

function byPersons(world: World, edits: readonly PersonEdit[]): void {
  for (const [index, edit] of edits.entries())
    world.plex.library.editAsPerson(world.itemKey(index + 1), edit);
}

const everything = { kind: 'since', since: 0 } as const;

async function undoAll(world: World): Promise<void> {
  expect(await world.operations.undo({ selection: everything, isForced: false })).toMatchObject({ ok: true });
  await settle(world);
  const waiting = await world.operations.queue({ states: ['pending', 'waiting', 'dead'], limit: 9 });
  expect(waiting.map(({ failure }) => failure?.message)).toEqual([]);
  expect(await world.operations.undoReport({ since: 0, limit: 1 })).toMatchObject({ open: 0 });
}

async function redoAll(world: World): Promise<void> {
  const entries = await world.operations.history({ limit: 1_000 });
  const writes = entries.filter(({ source }) => source === 'undo').map(({ id }) => id);
  if (writes.length === 0) return;
  await world.operations.undo({ selection: { kind: 'writes', writes }, isForced: false });
  await settle(world);
}

/** Names without their order. */
function contents(world: World) {
  return numbers.map((number) => {
    const { fields, titleSort, tags, actors, locks } = itemAt(world, number);
    const lists = Object.entries(tags).map(([kind, names]) => [kind, names.toSorted()]);
    const people = actors.map((actor) => JSON.stringify(actor)).toSorted();
    // The year follows the date, and Plex keeps it when the date goes.
    return { ...fields, titleSort, year: '', ...Object.fromEntries(lists), people, locks: locks.toSorted() };
  });
}

async function withWorld(
  plex: { tagWrite: 'append' | 'replace' },
  given: readonly Case[],
  act: (world: World) => Promise<void>,
) {
  const world = await open({ files: FILES, plex, settings: SETTINGS });
  byPersons(
    world,
    given.map(({ person }) => person),
  );
  await act(world);
}

interface Sides {
  /** After our write, after others had their turn, and after the undo. */
  readonly ours: ItemState;
  readonly theirs: ItemState;
  readonly now: ItemState;
}

function expectOthersKept({ ours, theirs, now }: Sides, before: PersonEdit): void {
  // Where it is the title’s own, a sort title follows the title.
  for (const field of FIELD_NAMES.filter((each) => each !== 'titleSort')) {
    const { plex } = FIELDS[field];
    const isLocked = theirs.locks.includes(plex);
    if (isLocked !== ours.locks.includes(plex)) expect(now.locks.includes(plex)).toBe(isLocked);
    if (isListField(field)) {
      const [wrote = [], held = [], names = []] = [ours, theirs, now].map((item) => namesOf(item.tags, plex));
      expect(names).toEqual(expect.arrayContaining(held.filter((name) => !wrote.includes(name))));
      const people = before.actors?.map(({ name }) => name) ?? [];
      const wasThere = plex === 'actor' ? people : namesOf(before.tags ?? {}, plex);
      const takenOut = wrote.filter((name) => !held.includes(name) && wasThere.includes(name));
      expect(names.filter((name) => takenOut.includes(name))).toEqual([]);
    } else {
      const [wrote, held, shown] = [ours, theirs, now].map((item) => textOf(item, plex));
      if (held !== wrote) expect(shown).toBe(held);
    }
  }
}

const namesOf = (tags: { readonly [kind: string]: readonly string[] }, kind: string): readonly string[] =>
  tags[kind] ?? [];
const textOf = ({ fields }: ItemState, name: string): string =>
  (fields as { readonly [name: string]: string })[name] ?? '';

describe.each(['append', 'replace'] as const)('in a Plex that takes tag writes as “%s”', (tagWrite) => {
  const runs = { numRuns: 2, endOnFailure: true };

  test('a write and its undo leave every value and every lock as they were', async () => {
    const law = fc.asyncProperty(cases, (given) =>
      withWorld({ tagWrite }, given, async (world) => {
        const before = contents(world);
        await writeAll(world, given);
        await undoAll(world);
        expect(contents(world)).toEqual(before);
      }),
    );
    await fc.assert(law, runs);
  });

  test('an undo leaves alone what others have changed since', async () => {
    const law = fc.asyncProperty(cases, (given) =>
      withWorld({ tagWrite }, given, async (world) => {
        await writeAll(world, given);
        const written = numbers.map((number) => itemAt(world, number));
        byPersons(
          world,
          given.map(({ since }) => since),
        );
        const touched = numbers.map((number) => itemAt(world, number));
        await undoAll(world);
        for (const [index, theirs] of touched.entries()) {
          const ours = written[index] ?? expect.unreachable();
          expectOthersKept({ ours, theirs, now: itemAt(world, index + 1) }, given[index]?.person ?? {});
        }
      }),
    );
    await fc.assert(law, runs);
  });

  test('an undo that is undone leaves what was written', async () => {
    const law = fc.asyncProperty(cases, (given) =>
      withWorld({ tagWrite }, given, async (world) => {
        await writeAll(world, given);
        const written = contents(world);
        await undoAll(world);
        await redoAll(world);
        expect(contents(world)).toEqual(written);
      }),
    );
    await fc.assert(law, runs);
  });
});
