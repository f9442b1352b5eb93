import type { MachineIdentifier, RatingKey, SectionKey, SectionUuid } from './ids.ts';

/** How we remember an item: the library by uuid, since keys and titles of libraries may be reused. */
export interface ItemKey {
  readonly section: SectionUuid;
  readonly ratingKey: RatingKey;
}

/** One text for maps and sets. */
export const itemKeyText = (item: ItemKey): string => `${item.section}/${item.ratingKey}`;

export interface PlexIdentity {
  readonly machineIdentifier: MachineIdentifier;
  readonly version: string;
}

/** A library of Plex. */
export interface Section {
  readonly uuid: SectionUuid;
  readonly key: SectionKey;
  readonly title: string;
  /** `movie`, `show`, `artist`, `photo`; only `movie` can hold scenes. */
  readonly type: string;
  readonly locations: readonly string[];
  readonly isRefreshing: boolean;
}

/** A file of an item. Optimised versions (proxyType 42) are left out at the boundary. */
export interface Part {
  readonly id: string;
  /** Absolute, as the Plex server's host sees it; backslashes on Windows. */
  readonly path: string;
  readonly size: number | null;
  readonly durationMs: number | null;
}

/**
 * An item as a section list shows it: enough to find it, not to compare it, because lists truncate
 * tags and leave out locks (plex reference §2, "List vs detail").
 */
export interface ListedItem {
  readonly ratingKey: RatingKey;
  readonly title: string;
  /** Epoch seconds; absent on items that were never refreshed. */
  readonly updatedAt: number | null;
  readonly addedAt: number | null;
  /** Set while the item sits in the trash: its file is missing. */
  readonly deletedAt: number | null;
  readonly parts: readonly Part[];
}

export interface Actor {
  readonly name: string;
  readonly role: string;
  /** Absolute URL, or empty. */
  readonly thumb: string;
}

/** An item with everything: all tags and locks. */
export interface Item extends ListedItem {
  readonly section: SectionUuid | null;
  readonly sectionKey: SectionKey;
  /** Empty where it is the title’s own: Plex leaves it out then (plex reference §8.19). */
  readonly titleSort: string;
  readonly originalTitle: string;
  readonly studio: string;
  readonly summary: string;
  readonly tagline: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly originallyAvailableAt: string;
  readonly contentRating: string;
  /** The critics', 0 to 10 as a text; empty when unset. */
  readonly rating: string;
  /** Of the user whose token it is, likewise. */
  readonly userRating: string;
  readonly actors: readonly Actor[];
  readonly directors: readonly string[];
  readonly genres: readonly string[];
  readonly collections: readonly string[];
  readonly labels: readonly string[];
  /**
   * Where Plex shows its poster and background; empty when it has none. The path changes with the image, and with
   * any edit (plex reference §2).
   */
  readonly imagePaths: { readonly poster: string; readonly background: string };
  /** Names of locked fields as Plex spells them in edits (`title`, `genre`, `actor`, …). */
  readonly lockedFields: ReadonlySet<string>;
}
