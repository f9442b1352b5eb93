/** What the server knows. Items are values: an edit makes a new one, so untouched ones need not be kept. */

/** Fields edited with `{field}.value` (plex reference §3.2); values as texts, absent when empty. */
export const SCALARS = [
  'title',
  'titleSort',
  'originalTitle',
  'studio',
  'summary',
  'tagline',
  'contentRating',
  'originallyAvailableAt',
  'year',
  'rating',
  'audienceRating',
  'editionTitle',
] as const;
export type Scalar = (typeof SCALARS)[number];

/**
 * Tags by their name in edits. `inList`: how many a list shows, of those it shows at all
 * (plex reference §2, "List vs detail").
 */
export const TAG_KINDS = {
  genre: { element: 'Genre', inList: 2 },
  collection: { element: 'Collection', inList: 2 },
  country: { element: 'Country', inList: 2 },
  director: { element: 'Director', inList: 2 },
  writer: { element: 'Writer', inList: 2 },
  actor: { element: 'Role', inList: 3 },
  label: { element: 'Label', inList: 0 },
  producer: { element: 'Producer', inList: 0 },
  mood: { element: 'Mood', inList: 0 },
  style: { element: 'Style', inList: 0 },
  similar: { element: 'Similar', inList: 0 },
} as const satisfies Record<string, { element: string; inList: number }>;
export type TagKind = keyof typeof TAG_KINDS;
export const TAG_KIND_NAMES = Object.keys(TAG_KINDS) as readonly TagKind[];

/** A tag on an item. The name, and a person's photo, belong to the tag itself. */
export interface Tagging {
  readonly tagId: number;
  /** The role of an actor. */
  readonly text: string;
}
export type TagLists = { readonly [Kind in TagKind]?: readonly Tagging[] };

export interface Part {
  readonly id: number;
  /** Absolute, as the server's host sees it. */
  readonly file: string;
  readonly size: number;
  readonly durationMs: number;
}

/** A version of an item. */
export interface Media {
  readonly id: number;
  /** Made by Plex itself (proxyType 42): no identity of the item. */
  readonly isOptimised: boolean;
  /** More than one: stacked files (cd1, cd2). */
  readonly parts: readonly Part[];
}

export const IMAGE_KINDS = { poster: 'thumb', art: 'art' } as const;
export type ImageKind = keyof typeof IMAGE_KINDS;

export interface Images {
  /** `upload://posters/<sha1>`, `media://…`; oldest first. */
  readonly keys: readonly string[];
  readonly selected: string | null;
}

export interface Item {
  readonly ratingKey: string;
  readonly sectionKey: string;
  readonly guid: string;
  /** `tmdb://…`, of items matched by Plex's own agent. */
  readonly otherGuids: readonly string[];
  /** Epoch s. */
  readonly addedAt: number;
  /** Epoch s. */
  readonly updatedAt: number | null;
  readonly fields: { readonly [Name in Scalar]?: string };
  readonly tags: TagLists;
  /** What details still show, until a time (epoch ms), after tags changed (plex reference §3.8). */
  readonly lateTags: { readonly until: number; readonly tags: TagLists } | null;
  /** Names of edits: `title`, `genre`, `actor`, `thumb`, … */
  readonly locks: readonly string[];
  readonly media: readonly Media[];
  readonly images: { readonly [Kind in ImageKind]: Images };
  /** Epoch s; set while in the trash. */
  readonly deletedAt: number | null;
  /** Until then there is no duration and no thumb (plex reference §4, "Scan end ≠ metadata ready"). */
  readonly isAnalysed: boolean;
}

export interface Section {
  readonly key: string;
  readonly uuid: string;
  readonly title: string;
  readonly type: 'movie' | 'show' | 'artist' | 'photo';
  readonly agent: string;
  readonly scanner: string;
  readonly locations: readonly string[];
  /** Epoch s. */
  readonly createdAt: number;
  /** Epoch s. */
  readonly scannedAt: number;
  readonly isRefreshing: boolean;
}

export const NONE_AGENT = 'com.plexapp.agents.none';

const ARTICLE = /^(?:the|das|der|a|an|el|la) +(?=\S)/i;

/** What items are ordered by: the title without its article, unless set (plex reference §3.2). */
export const effectiveTitleSort = (fields: Item['fields']): string =>
  fields.titleSort ?? (fields.title ?? '').replace(ARTICLE, '');

/** Of either kind of host. */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** Plex titles what it cannot match by the file's name without extension (plex reference §7). */
export const titleFromFile = (path: string): string => baseName(path).replace(/\.[^.]*$/, '');

export function isUnder(path: string, folder: string): boolean {
  const bare = folder.replace(/[/\\]+$/, '');
  return path.startsWith(bare) && /^[/\\]/.test(path.slice(bare.length)) && path.length > bare.length + 1;
}
