import * as v from 'valibot';
import { parse } from 'yaml';

/** A package as Stash's Settings > Plugins > Available Plugins reads it from index.yml (stash reference §1.6). */
export interface PackageEntry {
  readonly id: string;
  readonly name: string;
  /** Shown only. */
  readonly version: string;
  /** UTC, without a zone. Alone decides whether Stash offers an update. */
  readonly date: string;
  /** From the folder of index.yml. */
  readonly path: string;
  readonly sha256: string;
  readonly metadata: { readonly description: string };
}

export interface Candidate extends Omit<PackageEntry, 'date'> {
  readonly committedAtMs: number;
}

/**
 * The index with the candidate in it. The same bytes are the same release: their entry stays as it is. Other
 * bytes are later than what the index has, even if they were committed earlier, or Stash would not offer them.
 */
export function withPackage(
  index: readonly PackageEntry[],
  { committedAtMs, ...candidate }: Candidate,
): readonly PackageEntry[] {
  const present = index.find(({ id }) => id === candidate.id);
  if (present?.sha256 === candidate.sha256) return index;
  const leastMs = present === undefined ? 0 : timeOf(present.date) + 1000;
  const { id, name, version, ...rest } = candidate;
  const entry = { id, name, version, date: dateOf(Math.max(committedAtMs, leastMs)), ...rest };
  return [...index.filter(({ id: other }) => other !== id), entry];
}

/** What an index.yml holds; throws if it holds anything else. */
export const parseIndex = (text: string): readonly PackageEntry[] =>
  v.parse(v.array(EntrySchema), parse(text));

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');

const timeOf = (date: string): number => Date.parse(`${date.replace(' ', 'T')}Z`);

const EntrySchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  version: v.string(),
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)),
  path: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
  metadata: v.strictObject({ description: v.string() }),
});
