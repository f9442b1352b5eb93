import { type Item, NONE_AGENT, type Section, TAG_KIND_NAMES, type TagKind, titleFromFile } from './model.ts';
import type { TagStore } from './tags.ts';

export interface FileInput {
  readonly path: string;
  readonly size: number;
  readonly durationMs?: number;
}

export interface VersionInput {
  /** Several: stacked files. */
  readonly files: readonly FileInput[];
  readonly isOptimised?: boolean;
}

export interface ActorInput {
  readonly name: string;
  readonly role?: string;
  readonly thumb?: string;
}

/** An item as a test or the command line gives it; whatever is left out is as after a first scan. */
export interface ItemInput {
  /** Default: from the name of the first file. */
  readonly title?: string;
  /** Each a version of its own. */
  readonly files?: readonly FileInput[];
  readonly versions?: readonly VersionInput[];
  readonly fields?: Item['fields'];
  readonly tags?: { readonly [Kind in Exclude<TagKind, 'actor'>]?: readonly string[] };
  readonly actors?: readonly ActorInput[];
  readonly locks?: readonly string[];
  readonly guid?: string;
  readonly otherGuids?: readonly string[];
  /** Epoch s. */
  readonly addedAt?: number;
  /** Epoch s; default: `addedAt`. */
  readonly updatedAt?: number | null;
}

interface Place {
  readonly ratingKey: string;
  readonly section: Section;
  readonly tags: TagStore;
}

export function itemFrom(input: ItemInput, { ratingKey, section, tags }: Place): Item {
  const versions = input.versions ?? (input.files ?? []).map((file) => ({ files: [file] }));
  const addedAt = input.addedAt ?? section.createdAt;
  return {
    ratingKey,
    sectionKey: section.key,
    guid: input.guid ?? (section.agent === NONE_AGENT ? `local://${ratingKey}` : matchedGuid(ratingKey)),
    otherGuids: input.otherGuids ?? (section.agent === NONE_AGENT ? [] : [`tmdb://${ratingKey}`]),
    addedAt,
    updatedAt: input.updatedAt === undefined ? addedAt : input.updatedAt,
    fields: {
      title: input.title ?? titleFromFile(versions[0]?.files[0]?.path ?? 'Untitled'),
      ...input.fields,
    },
    tags: tagsFrom(input, section.key, tags),
    lateTags: null,
    locks: input.locks ?? [],
    media: mediaFrom(versions, Number(ratingKey)),
    images: {
      poster: { keys: [`media://${ratingKey}/thumb`], selected: `media://${ratingKey}/thumb` },
      art: { keys: [], selected: null },
    },
    deletedAt: null,
    isAnalysed: true,
  };
}

export const matchedGuid = (ratingKey: string): string => `plex://movie/${ratingKey.padStart(24, '5d77')}`;

/** Ids of media and parts follow from the item's, so that an item never kept looks the same each time. */
function mediaFrom(versions: readonly VersionInput[], key: number): Item['media'] {
  let partId = key * 100;
  return versions.map((version, index) => ({
    id: key * 100 + index,
    isOptimised: version.isOptimised ?? false,
    parts: version.files.map((file) => ({
      id: partId++,
      file: file.path,
      size: file.size,
      durationMs: file.durationMs ?? 600_000,
    })),
  }));
}

function tagsFrom(input: ItemInput, sectionKey: string, tags: TagStore): Item['tags'] {
  const named = { ...input.tags, actor: (input.actors ?? []).map((actor) => actor.name) };
  const roles = new Map(input.actors?.map((actor) => [actor.name, actor]));
  const lists = TAG_KIND_NAMES.flatMap((kind) => {
    const names = named[kind] ?? [];
    if (names.length === 0) return [];
    const list = names.map((name) => {
      const tag = tags.intern(kind, name, sectionKey);
      const actor = kind === 'actor' ? roles.get(name) : undefined;
      if (actor?.thumb !== undefined && tag.thumb === '') tags.setThumb(tag.id, actor.thumb);
      return { tagId: tag.id, text: actor?.role ?? '' };
    });
    return [[kind, list] as const];
  });
  return Object.fromEntries(lists);
}

/** The files of an item, to make another of. */
export const versionsOf = (media: Item['media']): readonly VersionInput[] =>
  media.map(({ isOptimised, parts }) => ({
    isOptimised,
    files: parts.map(({ file, size, durationMs }) => ({ path: file, size, durationMs })),
  }));
