import { FIELDS, textFacts } from '../core/field.ts';
import type { RatingKey, SectionKey } from '../core/ids.ts';
import type { FieldEdit, ListEntry } from '../core/planning/plan.ts';
import { foldName } from '../core/text.ts';

declare const brand: unique symbol;

/** One item of one library. There is no other way to get one than {@link editTarget}. */
export interface EditTarget {
  readonly section: SectionKey;
  readonly ratingKey: RatingKey;
  readonly [brand]: 'EditTarget';
}

/**
 * Plex takes an edit without an id for the whole library (plex reference §3.1), so that asking for one is a
 * bug that must end here.
 */
export function editTarget(section: SectionKey, ratingKey: RatingKey): EditTarget {
  if (!/^\d+$/.test(ratingKey))
    throw new Error(`An edit needs the id of an item, not ${JSON.stringify(ratingKey)}.`);
  if (!/^\d+$/.test(section))
    throw new Error(`An edit needs the key of a library, not ${JSON.stringify(section)}.`);
  return { section, ratingKey } as EditTarget;
}

/**
 * Proxies refuse URLs beyond 8 kB and Plex's own limit is not known [U] (plex reference §3.8). This leaves
 * room for host and path.
 */
export const MAX_QUERY_LENGTH = 7_600;

/**
 * The edits of one item as queries of `PUT /library/sections/{section}/all`: as few as the length allows.
 * A field goes whole, since Plex may take the tags of a request for all there are [U] (§3.3); one that is
 * too long by itself goes alone.
 */
export function editQueries(target: EditTarget, edits: readonly FieldEdit[]): readonly string[] {
  const head = `type=1&id=${target.ratingKey}`;
  const queries: string[] = [];
  for (const edit of edits) {
    if (isRating(edit)) continue;
    const parameters = edit.kind === 'text' ? textParameters(edit) : listParameters(edit);
    const room = queries.findIndex((query) => query.length + 1 + parameters.length <= MAX_QUERY_LENGTH);
    if (room === -1) queries.push(`${head}&${parameters}`);
    else queries[room] += `&${parameters}`;
  }
  return queries;
}

const isRating = (edit: FieldEdit): boolean => edit.kind === 'text' && textFacts(edit.field).isRated === true;

/** The edits that are no edits to Plex: the stars of the user whose token it is (plex reference §3.5). */
export const ratingQueries = (target: EditTarget, edits: readonly FieldEdit[]): readonly string[] =>
  edits.flatMap((edit) =>
    edit.kind === 'text' && isRating(edit)
      ? joined([
          ['key', target.ratingKey],
          ['identifier', 'com.plexapp.plugins.library'],
          ['rating', edit.value === '' ? '-1' : edit.value],
        ])
      : [],
  );

const lockOf = ({ lock }: FieldEdit): string => (lock ? '1' : '0');

/** An empty value clears. Without its lock a value may have no effect, or be lost at the next refresh (§3.2). */
function textParameters(edit: FieldEdit & { readonly kind: 'text' }): string {
  const name = FIELDS[edit.field].plex;
  return joined([
    [`${name}.value`, edit.value],
    [`${name}.locked`, lockOf(edit)],
  ]);
}

/**
 * The whole list by index and what is unwanted by name, which is right whether Plex appends or replaces [U].
 * What is both would stay, so it is not removed (§3.3).
 */
function listParameters(edit: FieldEdit & { readonly kind: 'list' }): string {
  const name = FIELDS[edit.field].plex;
  const kept = new Set(edit.entries.map((entry) => foldName(entry.name)));
  const remove = [...new Set(edit.remove)].filter((each) => !kept.has(foldName(each)));
  return joined([
    [`${name}.locked`, lockOf(edit)],
    ...edit.entries.flatMap((entry, index) => entryParameters(`${name}[${index}]`, entry)),
    // Plex splits at commas and decodes each name once more; of several such keys it reads the last only.
    ...(remove.length === 0 ? [] : [[`${name}[].tag.tag-`, remove.map(percentEncode).join(',')] as const]),
  ]);
}

/** Role and photo go along, since they may be lost when a person is sent without them (§3.3). */
function entryParameters(
  prefix: string,
  { name, role = '', thumb, clearsRole }: ListEntry,
): readonly Parameter[] {
  const parameters: Parameter[] = [[`${prefix}.tag.tag`, name]];
  if (role !== '' || clearsRole) parameters.push([`${prefix}.tagging.text`, role]);
  if (thumb !== undefined && thumb !== '') parameters.push([`${prefix}.tag.thumb`, thumb]);
  return parameters;
}

type Parameter = readonly [name: string, value: string];

const joined = (parameters: readonly Parameter[]): string =>
  parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');

/** All but letters, digits and `-_.~`, space as %20: whether Plex reads `+` as a space is not known [U] (§3.1). */
function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
