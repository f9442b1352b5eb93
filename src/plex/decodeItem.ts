import * as v from 'valibot';
import { ratingKey, sectionKey, sectionUuid } from '../core/ids.ts';
import type { Actor, Item, ListedItem, Part } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import { count, digits, flag, numberText, positiveCount, text } from './lenient.ts';

/** An item of a list; the failure says in words what does not fit. */
export function decodeListedItem(value: unknown): Result<ListedItem, string> {
  const parsed = v.safeParse(ListedItemSchema, value);
  return parsed.success ? succeed(listedItemOf(parsed.output)) : fail(issueWords(parsed.issues));
}

/** An item in detail. Its library may be said by the container alone. */
export function decodeItem(value: unknown, container: Container): Result<Item, string> {
  const { librarySectionID, librarySectionUUID } = container;
  const isObject = typeof value === 'object' && value !== null;
  const whole = isObject ? { librarySectionID, librarySectionUUID, ...value } : value;
  const parsed = v.safeParse(ItemSchema, whole);
  return parsed.success ? succeed(itemOf(parsed.output)) : fail(issueWords(parsed.issues));
}

/** What wraps every answer of Plex. */
export interface Container {
  readonly librarySectionID?: unknown;
  readonly librarySectionUUID?: unknown;
  readonly [key: string]: unknown;
}

/** Media of this proxy type are copies that Plex made itself (plex reference §2). */
const OPTIMISED = 42;

const MediaSchema = v.object({
  proxyType: count,
  duration: positiveCount,
  Part: v.nullish(
    v.array(v.object({ id: digits, file: text, size: positiveCount, duration: positiveCount })),
    [],
  ),
});

const ListedItemSchema = v.object({
  ratingKey: digits,
  title: text,
  updatedAt: count,
  addedAt: count,
  deletedAt: count,
  Media: v.nullish(v.array(MediaSchema), []),
});

const tags = v.pipe(
  v.nullish(v.array(v.object({ tag: text })), []),
  v.transform((list) => list.map(({ tag }) => tag).filter((tag) => tag !== '')),
);

const ItemSchema = v.object({
  ...ListedItemSchema.entries,
  librarySectionID: digits,
  librarySectionUUID: text,
  titleSort: text,
  originalTitle: text,
  studio: text,
  summary: text,
  tagline: text,
  originallyAvailableAt: text,
  thumb: text,
  art: text,
  contentRating: text,
  rating: numberText,
  userRating: numberText,
  Director: tags,
  Genre: tags,
  Collection: tags,
  Label: tags,
  Role: v.nullish(v.array(v.object({ tag: text, role: text, thumb: text })), []),
  Field: v.nullish(v.array(v.object({ name: text, locked: flag })), []),
});

function listedItemOf(item: v.InferOutput<typeof ListedItemSchema>): ListedItem {
  return {
    ratingKey: ratingKey(item.ratingKey),
    title: item.title,
    updatedAt: item.updatedAt,
    addedAt: item.addedAt,
    deletedAt: item.deletedAt,
    parts: onceEach(item.Media.filter((media) => media.proxyType !== OPTIMISED).flatMap(partsOf)),
  };
}

/** The index holds a part once: one that is listed again would look like a change each time. */
const onceEach = (parts: readonly Part[]): readonly Part[] =>
  parts.length < 2 ? parts : [...new Map(parts.map((part) => [part.id, part])).values()];

/** A film in pieces has several parts in one medium, whose duration is then that of all of them. */
function partsOf(media: v.InferOutput<typeof MediaSchema>): readonly Part[] {
  const parts = media.Part.filter((part) => part.file !== '');
  const ofMedia = parts.length === 1 ? media.duration : null;
  return parts.map(({ id, file, size, duration }) => ({
    id,
    path: file,
    size,
    durationMs: duration ?? ofMedia,
  }));
}

function itemOf(item: v.InferOutput<typeof ItemSchema>): Item {
  const uuid = item.librarySectionUUID;
  return {
    ...listedItemOf(item),
    section: uuid === '' ? null : sectionUuid(uuid),
    sectionKey: sectionKey(item.librarySectionID),
    titleSort: item.titleSort,
    originalTitle: item.originalTitle,
    studio: item.studio,
    summary: item.summary,
    tagline: item.tagline,
    originallyAvailableAt: item.originallyAvailableAt.slice(0, 10),
    contentRating: item.contentRating,
    rating: item.rating,
    userRating: item.userRating,
    directors: item.Director,
    genres: item.Genre,
    collections: item.Collection,
    labels: item.Label,
    actors: item.Role.filter((role) => role.tag !== '').map(
      ({ tag, role, thumb }): Actor => ({ name: tag, role, thumb: /^https?:/.test(thumb) ? thumb : '' }),
    ),
    imagePaths: { poster: item.thumb, background: item.art },
    lockedFields: new Set(item.Field.filter((field) => field.locked).map((field) => field.name)),
  };
}
