import fc from 'fast-check';
import { FIELD_NAMES, isListField, type ListFieldName, type TextFieldName } from '../../field.ts';
import type { Item } from '../../item.ts';
import type { MergeSettings } from '../arrival.ts';
import type { Base, BaseByField, Desired } from '../plan.ts';
import type { TagWrite } from './plexModel.ts';
import { sampleItem } from './samples.ts';
import type { World } from './world.ts';

export const TEXT_FIELDS = FIELD_NAMES.filter((field): field is TextFieldName => !isListField(field));
export const LIST_FIELDS = FIELD_NAMES.filter(isListField);

// Few words, so that both sides often hold the same one, sometimes in another spelling.
export const WORDS = ['alpha', 'Alpha', 'beta', 'gamma', 'GAMMA', 'delta'];
const textFrom = (words: readonly string[]) => fc.constantFrom('', ...words);
const namesFrom = (words: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...words), { maxLength: 4, selector: (name) => name.toLowerCase() });

export const desiredFrom = (words: readonly string[]): fc.Arbitrary<Desired> =>
  fc.record({
    title: textFrom(words),
    studio: textFrom(words),
    summary: textFrom(words),
    originallyAvailableAt: textFrom(words),
    actors: namesFrom(words),
    genres: namesFrom(words),
  });

export const itemFrom = (words: readonly string[]): fc.Arbitrary<Item> =>
  fc
    .record({
      title: fc.constantFrom('Some.File', 'Some File', ...words),
      studio: textFrom(words),
      summary: textFrom(words),
      originallyAvailableAt: textFrom(words),
      actors: namesFrom(words).map((names) =>
        names.map((name) => ({ name, role: `${name}’s role`, thumb: `https://example.org/${name}` })),
      ),
      genres: fc.array(fc.constantFrom(...words), { maxLength: 5 }),
      lockedFields: fc
        .subarray(['title', 'studio', 'summary', 'genre', 'actor'])
        .map((names) => new Set(names)),
    })
    .map(sampleItem);

const baseOf = <Value extends string | readonly string[]>(value: fc.Arbitrary<Value>): fc.Arbitrary<Base> =>
  fc.record({ value: fc.option(value), intended: fc.option(value), isLockOurs: fc.boolean() });

export const bases: fc.Arbitrary<BaseByField> = fc.record(
  {
    title: baseOf(textFrom(WORDS)),
    studio: baseOf(textFrom(WORDS)),
    summary: baseOf(textFrom(WORDS)),
    originallyAvailableAt: baseOf(textFrom(WORDS)),
    actors: baseOf(namesFrom(WORDS)),
    genres: baseOf(namesFrom(WORDS)),
  },
  { requiredKeys: [] },
);

export const anySettings: fc.Arbitrary<MergeSettings> = fc.record({
  preservePlexEdits: fc.boolean(),
  foreignEntries: fc.constantFrom('keep', 'remove'),
});
export const tagWrite = fc.constantFrom<TagWrite>('append', 'replace');

/** Any item with any scene; without bases, PlexSync has never met it. */
export const worldFrom = (
  item: fc.Arbitrary<Item>,
  before: fc.Arbitrary<BaseByField> = fc.constant({}),
): fc.Arbitrary<World> =>
  fc
    .record({ desired: desiredFrom(WORDS), held: item, bases: before })
    .map((sides) => ({ ...sides, shown: sides.held }));

export const namesOf = (item: Item, field: ListFieldName): readonly string[] =>
  field === 'genres' ? item.genres : item.actors.map(({ name }) => name);
