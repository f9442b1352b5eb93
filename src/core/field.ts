/**
 * The fields that PlexSync carries, declared once: merging, edits, the plan, the journal and the docs
 * read this table. `plex` is the name in edits and locks (plex reference §3.2-3.4); note that cast
 * members are read as `Role` but written and locked as `actor`.
 */
export const FIELDS = {
  title: {
    kind: 'text',
    plex: 'title',
    stash: 'title',
    limit: 255,
    isLine: true,
    /** An empty title leaves Plex's, which then comes from the file name. */
    clears: false,
  },
  studio: { kind: 'text', plex: 'studio', stash: 'studio', limit: 255, isLine: true, clears: true },
  summary: { kind: 'text', plex: 'summary', stash: 'details', limit: 10_000, isLine: false, clears: true },
  originallyAvailableAt: {
    kind: 'text',
    plex: 'originallyAvailableAt',
    stash: 'date',
    limit: 10,
    isLine: true,
    clears: true,
  },
  actors: { kind: 'list', plex: 'actor', stash: 'performers', limit: 255 },
  genres: { kind: 'list', plex: 'genre', stash: 'tags', limit: 255 },
} as const satisfies Record<string, FieldFacts>;

type FieldFacts =
  | {
      readonly kind: 'text';
      readonly plex: string;
      /** What it is called in Stash. */
      readonly stash: string;
      /** Characters that are sent at most. */
      readonly limit: number;
      /** Whether line breaks are folded to spaces. */
      readonly isLine: boolean;
      /** Whether an empty value in Stash clears what we wrote. */
      readonly clears: boolean;
    }
  | {
      readonly kind: 'list';
      readonly plex: string;
      readonly stash: string;
      /** Characters of one entry that are sent at most. */
      readonly limit: number;
    };

export type FieldName = keyof typeof FIELDS;
export type TextFieldName = {
  [Name in FieldName]: (typeof FIELDS)[Name]['kind'] extends 'text' ? Name : never;
}[FieldName];
export type ListFieldName = Exclude<FieldName, TextFieldName>;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
export const isListField = (name: FieldName): name is ListFieldName => FIELDS[name].kind === 'list';

/** A text for text fields, names in order for lists. */
export type FieldValue = string | readonly string[];
