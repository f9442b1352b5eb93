import fc from 'fast-check';
import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  isListField,
  type ListFieldName,
  type TextFieldName,
} from '../../field.ts';
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

/** One arbitrary for each field. */
const forEachField = <Text, List>(
  text: (field: TextFieldName) => Text,
  list: (field: ListFieldName) => List,
) =>
  Object.fromEntries(FIELD_NAMES.map((field) => [field, isListField(field) ? list(field) : text(field)])) as {
    [Name in TextFieldName]: Text;
  } & { [Name in ListFieldName]: List };

const NUMBERS = ['1', '2.5', '7', '10'];
const valuesOf = (field: TextFieldName, words: readonly string[]) =>
  textFrom(FIELDS[field].shape === 'number' ? NUMBERS : words);

/** With any field off that is not required to be on. */
export const desiredFrom = (
  words: readonly string[],
  requiredKeys: readonly FieldName[] = [],
): fc.Arbitrary<Desired> =>
  fc.record(
    {
      ...forEachField(
        (field) => valuesOf(field, words),
        () => namesFrom(words),
      ),
      cast: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom(...words),
          role: textFrom(words),
          thumb: textFrom(['https://p.example/1']),
        }),
        { maxLength: 3, selector: ({ name }) => name.toLowerCase() },
      ),
    },
    { requiredKeys: [...requiredKeys] },
  );

export const itemFrom = (words: readonly string[]): fc.Arbitrary<Item> =>
  fc
    .record({
      ...forEachField(
        (field) => valuesOf(field, words),
        () => fc.array(fc.constantFrom(...words), { maxLength: 5 }),
      ),
      title: fc.constantFrom('Some.File', 'Some File', ...words),
      actors: namesFrom(words).map((names) =>
        names.map((name) => ({ name, role: `${name}’s role`, thumb: `https://example.org/${name}` })),
      ),
      lockedFields: fc
        .subarray(FIELD_NAMES.filter((field) => field !== 'userRating').map((field) => FIELDS[field].plex))
        .map((names) => new Set(names)),
    })
    .map(sampleItem);

const baseOf = <Value extends string | readonly string[]>(value: fc.Arbitrary<Value>): fc.Arbitrary<Base> =>
  fc.record({ value: fc.option(value), intended: fc.option(value), isLockOurs: fc.boolean() });

export const bases: fc.Arbitrary<BaseByField> = fc.record(
  forEachField(
    (field) => baseOf(valuesOf(field, WORDS)),
    () => baseOf(namesFrom(WORDS)),
  ),
  { requiredKeys: [] },
);

export const anySettings: fc.Arbitrary<MergeSettings> = fc.record({
  preservePlexEdits: fc.boolean(),
  foreignEntries: fc.constantFrom('keep', 'remove'),
  locksFields: fc.boolean(),
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
  field === 'actors' ? item.actors.map(({ name }) => name) : item[field];
