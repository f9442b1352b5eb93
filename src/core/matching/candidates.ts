import type { Candidate } from '../failure.ts';
import { compareIds } from '../ids.ts';
import { type ItemKey, itemKeyText, type Part } from '../item.ts';
import { compareTexts } from './compareTexts.ts';
import { isCaseSensitivePath, samePathKey, sharedEnd, splitPath } from './paths.ts';

/** A file of Plex that may be one of the scene's, with the item that it belongs to. */
export interface CandidatePart extends Part {
  readonly item: ItemKey;
  readonly title: string;
}

/** What is stored and shown of it. */
export const toCandidate = ({ item, title, path, size, durationMs }: CandidatePart): Candidate => ({
  item,
  title,
  path,
  size,
  durationMs,
});

/** Oldest item first; the rest only so that nothing depends on the order in which parts were found. */
export function compareParts(a: CandidatePart, b: CandidatePart): number {
  return (
    compareIds(a.item.ratingKey, b.item.ratingKey) ||
    compareTexts(a.item.section, b.item.section) ||
    compareTexts(a.path, b.path) ||
    compareIds(a.id, b.id)
  );
}

/** Keeps the order, and of each item what comes first. */
export function firstOfEachItem<Entry extends { readonly item: ItemKey }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const byItem = new Map<string, Entry>();
  for (const entry of entries) {
    const key = itemKeyText(entry.item);
    if (!byItem.has(key)) byItem.set(key, entry);
  }
  return [...byItem.values()];
}

/**
 * Parts that do not stand against each other are one group: those of one item (versions, or cd1 and cd2),
 * and those at one path (the same file in several libraries). Two groups are two answers.
 */
export function groupsOf<Found extends CandidatePart>(
  parts: readonly Found[],
  isPlexCaseSensitive: boolean | null,
): readonly (readonly Found[])[] {
  let groups: readonly Group<Found>[] = [];
  for (const part of parts) {
    const isCaseSensitive = isCaseSensitivePath(part.path, isPlexCaseSensitive);
    const keys = [`item ${itemKeyText(part.item)}`, `path ${samePathKey(part.path, isCaseSensitive)}`];
    const touched = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    const merged = {
      keys: new Set([...touched.flatMap((group) => [...group.keys]), ...keys]),
      parts: [...touched.flatMap((group) => group.parts), part],
    };
    groups = [...groups.filter((group) => !touched.includes(group)), merged];
  }
  return groups.map((group) => group.parts);
}

interface Group<Found> {
  readonly keys: ReadonlySet<string>;
  readonly parts: readonly Found[];
}

/** The group whose folders are named most like those of the scene's file; among equals the oldest item's. */
export function bestGroup<Found extends CandidatePart>(
  groups: readonly (readonly Found[])[],
  scenePath: string,
): readonly Found[] {
  const folders = foldersOf(scenePath);
  const likeness = (group: readonly Found[]): number =>
    Math.max(...group.map((part) => sharedEnd(folders, foldersOf(part.path), false)));
  const [best] = groups.toSorted((a, b) => likeness(b) - likeness(a) || compareOldest(a, b));
  return best ?? [];
}

const foldersOf = (path: string): readonly string[] => splitPath(path).segments.slice(0, -1);

function compareOldest(a: readonly CandidatePart[], b: readonly CandidatePart[]): number {
  const [one] = a.toSorted(compareParts);
  const [other] = b.toSorted(compareParts);
  return one === undefined || other === undefined ? 0 : compareParts(one, other);
}
