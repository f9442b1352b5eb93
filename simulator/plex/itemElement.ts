import type { User } from './api.ts';
import type { Disk } from './disk.ts';
import { type Element, element, metadata } from './encoding.ts';
import {
  baseName,
  effectiveTitleSort,
  type Item,
  type Media,
  type Part,
  type Section,
  TAG_KIND_NAMES,
  TAG_KINDS,
  type TagKind,
} from './model.ts';
import type { PlayStates } from './playState.ts';
import type { Switches } from './switches.ts';
import type { Tag, TagStore } from './tags.ts';

/** Where the rest of what an item shows comes from. */
export interface ItemSurroundings {
  readonly tags: TagStore;
  readonly states: PlayStates;
  readonly disk: Disk;
  readonly switches: Switches;
  /** Epoch ms. */
  readonly now: () => number;
}

export interface View {
  readonly section: Section;
  readonly user: User;
  readonly includeGuids: boolean;
  readonly checkFiles: boolean;
}

const ELEMENT_BY_TYPE = { movie: 'Video', show: 'Directory', artist: 'Directory', photo: 'Photo' } as const;

/** As a list shows it: tags cut short to their names, no labels, no locks (plex reference §2). */
export function listedElement(item: Item, view: View, from: ItemSurroundings): Element {
  const tags = visibleTags(item, from.now());
  const children = TAG_KIND_NAMES.flatMap((kind) =>
    (tags[kind] ?? [])
      .slice(0, TAG_KINDS[kind].inList)
      .map((tagging) => element(TAG_KINDS[kind].element, { tag: from.tags.get(tagging.tagId).name })),
  );
  return itemElement(item, view, from, [
    ...item.media.map((media) => mediaElement(media, item, null)),
    ...children,
    ...(view.includeGuids ? guidElements(item) : []),
  ]);
}

export function detailElement(item: Item, view: View, from: ItemSurroundings): Element {
  const tags = visibleTags(item, from.now());
  const children = TAG_KIND_NAMES.flatMap((kind) => {
    const taggings = (tags[kind] ?? []).map(({ tagId, text }) => ({ tag: from.tags.get(tagId), text }));
    if (from.switches.tagOrder === 'by-name') taggings.sort((a, b) => (a.tag.name < b.tag.name ? -1 : 1));
    return taggings.map(({ tag, text }) => tagElement(kind, tag, text));
  });
  const disk = view.checkFiles ? from.disk : null;
  const one = itemElement(item, view, from, [
    ...item.media.map((media) => mediaElement(media, item, disk)),
    ...children,
    ...guidElements(item),
    ...item.locks.map((name) => element('Field', { locked: true, name })),
  ]);
  const { key, title, uuid } = view.section;
  const place = { librarySectionID: Number(key), librarySectionTitle: title, librarySectionUUID: uuid };
  return {
    ...one,
    attributes: { ...one.attributes, ...place, librarySectionKey: `/library/sections/${key}` },
  };
}

export const visibleTags = (item: Item, now: number): Item['tags'] =>
  item.lateTags !== null && now < item.lateTags.until ? item.lateTags.tags : item.tags;

function itemElement(item: Item, view: View, from: ItemSurroundings, children: readonly Element[]): Element {
  const { fields } = item;
  const state = from.states.of(view.user, item.ratingKey);
  const titleSort = effectiveTitleSort(fields);
  const stamp = item.updatedAt ?? item.addedAt;
  const path = `/library/metadata/${item.ratingKey}`;
  return metadata(
    element(
      ELEMENT_BY_TYPE[view.section.type],
      {
        ratingKey: item.ratingKey,
        key: path,
        guid: item.guid,
        ...fields,
        type: view.section.type,
        titleSort: titleSort === fields.title ? undefined : titleSort,
        year: numberOf(fields.year),
        rating: numberOf(fields.rating),
        audienceRating: numberOf(fields.audienceRating),
        userRating: state.userRating ?? undefined,
        viewCount: state.viewCount || undefined,
        lastViewedAt: state.lastViewedAt || undefined,
        // Plex's stamp changes with the image and with edits, so that clients fetch anew.
        thumb: item.isAnalysed && item.images.poster.selected !== null ? `${path}/thumb/${stamp}` : undefined,
        art: item.images.art.selected === null ? undefined : `${path}/art/${stamp}`,
        duration: item.isAnalysed ? item.media[0] && durationOf(item.media[0]) : undefined,
        addedAt: item.addedAt,
        updatedAt: item.updatedAt ?? undefined,
        deletedAt: item.deletedAt ?? undefined,
      },
      children,
    ),
  );
}

const numberOf = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);

const durationOf = (media: Media): number => media.parts.reduce((sum, part) => sum + part.durationMs, 0);

const extensionOf = (part: Part): string => baseName(part.file).split('.').at(-1)?.toLowerCase() ?? '';

/** `disk`: only when files are to be checked. */
function mediaElement(media: Media, item: Item, disk: Disk | null): Element {
  const analysed = item.isAnalysed
    ? {
        duration: durationOf(media),
        width: 1920,
        height: 1080,
        videoResolution: '1080',
        videoCodec: 'h264',
        audioCodec: 'aac',
        audioChannels: 2,
      }
    : {};
  const container = media.parts[0] && extensionOf(media.parts[0]);
  const proxyType = media.isOptimised ? 42 : undefined;
  const parts = media.parts.map((part) =>
    element('Part', {
      id: part.id,
      key: `/library/parts/${part.id}/${item.addedAt}/file.${extensionOf(part)}`,
      duration: item.isAnalysed ? part.durationMs : undefined,
      file: part.file,
      size: part.size,
      container: extensionOf(part),
      exists: disk?.has(part.file),
      accessible: disk?.has(part.file),
    }),
  );
  return element('Media', { id: media.id, ...analysed, container, proxyType }, parts);
}

function tagElement(kind: TagKind, tag: Tag, text: string): Element {
  const shared = { id: tag.id, filter: `${kind}=${tag.id}`, tag: tag.name };
  const person = kind === 'actor' ? { role: text, thumb: tag.thumb, tagKey: personKey(tag) } : {};
  return element(TAG_KINDS[kind].element, { ...shared, ...person });
}

const personKey = (tag: Tag): string => tag.id.toString(16).padStart(24, '5d7768');

const guidElements = (item: Item): readonly Element[] => item.otherGuids.map((id) => element('Guid', { id }));
