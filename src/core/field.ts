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
    shape: 'line',
    /** An empty title leaves Plex's, which then comes from the file name. */
    clears: false,
  },
  titleSort: {
    kind: 'text',
    plex: 'titleSort',
    stash: 'sort title',
    limit: 255,
    shape: 'line',
    clears: false,
  },
  originalTitle: {
    kind: 'text',
    plex: 'originalTitle',
    stash: 'code',
    limit: 255,
    shape: 'line',
    clears: true,
  },
  studio: { kind: 'text', plex: 'studio', stash: 'studio', limit: 255, shape: 'line', clears: true },
  summary: {
    kind: 'text',
    plex: 'summary',
    stash: 'details',
    limit: 10_000,
    shape: 'paragraphs',
    clears: true,
  },
  tagline: { kind: 'text', plex: 'tagline', stash: 'tagline', limit: 255, shape: 'line', clears: true },
  originallyAvailableAt: {
    kind: 'text',
    plex: 'originallyAvailableAt',
    stash: 'date',
    limit: 10,
    shape: 'line',
    clears: true,
  },
  contentRating: {
    kind: 'text',
    plex: 'contentRating',
    stash: 'content rating',
    limit: 255,
    shape: 'line',
    clears: true,
  },
  rating: { kind: 'text', plex: 'rating', stash: 'rating', limit: 5, shape: 'number', clears: true },
  /** Of the token's user alone, and by a request of its own: an edit of it has no effect (plex reference §3.5). */
  userRating: {
    kind: 'text',
    plex: 'userRating',
    stash: 'rating',
    limit: 5,
    shape: 'number',
    clears: true,
    isRated: true,
  },
  actors: { kind: 'list', plex: 'actor', stash: 'performers', limit: 255, max: 50 },
  directors: { kind: 'list', plex: 'director', stash: 'directors', limit: 255, max: 50 },
  genres: { kind: 'list', plex: 'genre', stash: 'tags', limit: 255 },
  collections: {
    kind: 'list',
    plex: 'collection',
    stash: 'collections',
    limit: 255,
    max: 50,
    isShared: true,
  },
  labels: { kind: 'list', plex: 'label', stash: 'labels', limit: 255, max: 50, isShared: true },
} as const satisfies Record<string, FieldFacts>;

/** What two values are compared as: one line, a text with line breaks, or a number. */
export type ValueShape = 'line' | 'paragraphs' | 'number';

type FieldFacts = TextFacts | ListFacts;

export interface TextFacts {
  readonly kind: 'text';
  readonly plex: string;
  /** What it is called in Stash. */
  readonly stash: string;
  /** Characters that are sent at most. */
  readonly limit: number;
  readonly shape: ValueShape;
  /** Whether an empty value in Stash clears what we wrote. */
  readonly clears: boolean;
  /** Whether it is sent as the rating of a user, without a lock. */
  readonly isRated?: true;
}

export interface ListFacts {
  readonly kind: 'list';
  readonly plex: string;
  readonly stash: string;
  /** Characters of one entry that are sent at most. */
  readonly limit: number;
  /** Entries that are sent at most, where no setting says so. */
  readonly max?: number;
  /** Whether people keep order with it in Plex: entries of others stay, whatever `foreign_entries` says. */
  readonly isShared?: true;
}

export type FieldName = keyof typeof FIELDS;
export type TextFieldName = {
  [Name in FieldName]: (typeof FIELDS)[Name]['kind'] extends 'text' ? Name : never;
}[FieldName];
export type ListFieldName = Exclude<FieldName, TextFieldName>;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
export const isListField = (name: FieldName): name is ListFieldName => FIELDS[name].kind === 'list';

export const textFacts = (name: TextFieldName): TextFacts => FIELDS[name];
export const listFacts = (name: ListFieldName): ListFacts => FIELDS[name];

/** A text for text fields, names in order for lists. */
export type FieldValue = string | readonly string[];
