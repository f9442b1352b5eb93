import type { Failure } from '../core/failure.ts';
import type { RatingKey, SectionKey } from '../core/ids.ts';
import type { ImageKind, PlexImage } from '../core/images/imageKind.ts';
import type { Item, ListedItem, PlexIdentity, Section } from '../core/item.ts';
import type { FieldEdit } from '../core/planning/plan.ts';
import type { Result } from '../core/result.ts';

/**
 * All that PlexSync asks of Plex. No method throws for what Plex or the network does. There is no method
 * that deletes media, empties trash, or edits without naming one item: Plex would take an edit without an
 * id for the whole library (plex reference §3.1).
 */
export interface PlexClient {
  /** Needs no token. */
  identity(): Promise<Result<PlexIdentity>>;
  /** Is the token good? */
  checkToken(): Promise<Result<{ readonly platform: string }>>;
  /**
   * Is it the token of the server's owner, who alone may edit? Null: Plex does not tell. Only the owner may read the
   * preferences of the server, as other programs have found [U]; no failure of it says anything about the token.
   */
  isOwner(): Promise<Result<boolean | null>>;
  /** Plex's clock (epoch ms, to the second); null when it does not tell [U]. */
  serverTime(): Promise<Result<number | null>>;
  sections(): Promise<Result<readonly Section[]>>;
  /** How many are played to somebody now; those on pause do not count. */
  countStreams(): Promise<Result<number>>;
  /** One page of a library. The page may be shorter than asked for: go on from what came. */
  sectionPage(request: SectionPageRequest): Promise<Result<SectionPage>>;
  /**
   * Details of many at once. An item that is gone is null, one that Plex cannot show (500, wrong types) is
   * its own failure; neither fails the others.
   */
  items(keys: readonly RatingKey[]): Promise<Result<ReadonlyMap<RatingKey, Item | null | Failure>>>;
  /** Has Plex look for new and missing files in one folder of a library; it does so later. Harmless to repeat. */
  scanFolder(request: ScanFolderRequest): Promise<Result<void>>;
  /** Sends the edits of one item, in as many requests as URL length asks for. */
  edit(request: EditRequest): Promise<Result<void>>;
  /** All posters, or all backgrounds, that Plex holds for an item. */
  images(image: ImageOfItem): Promise<Result<readonly PlexImage[]>>;
  /** The poster of an item, small, for people to look at; null: Plex shows none. Whatever fails is about it alone. */
  poster(key: RatingKey): Promise<Result<Uint8Array | null>>;
  /** Gives an item one more image, which Plex selects if it is new to it. Bytes, never an address (§3.6). */
  uploadImage(image: ImageOfItem & { readonly bytes: Uint8Array }): Promise<Result<void>>;
  /** Selects one that Plex holds; `item-gone` when it does not. */
  selectImage(image: ImageOfItem & { readonly key: string }): Promise<Result<void>>;
  /** Whether a refresh, or an agent, may select another one. */
  lockImage(
    image: ImageOfItem & { readonly section: SectionKey; readonly isLocked: boolean },
  ): Promise<Result<void>>;
}

export interface ImageOfItem {
  readonly ratingKey: RatingKey;
  readonly kind: ImageKind;
}

export interface SectionPageRequest {
  readonly section: SectionKey;
  readonly start: number;
  readonly size: number;
  /** Only items changed, or added, at or after this time (epoch s). */
  readonly since?: { readonly field: 'updatedAt' | 'addedAt'; readonly time: number };
}

export interface SectionPage {
  readonly items: readonly ListedItem[];
  /** Of the whole listing, as far as Plex tells. */
  readonly totalSize: number;
  /** How many entries came, unreadable ones too: the next page starts this much later. */
  readonly received: number;
  /** Entries that made no sense and are left out of `items`, in words. The listing is then not complete. */
  readonly unreadable: readonly string[];
}

export interface ScanFolderRequest {
  readonly section: SectionKey;
  /** As Plex's host sees it, in a location of the library: Plex ignores others (plex reference §4). */
  readonly folder: string;
}

export interface EditRequest {
  readonly section: SectionKey;
  readonly ratingKey: RatingKey;
  readonly edits: readonly FieldEdit[];
}
