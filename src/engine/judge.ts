import type { SceneId } from '../core/ids.ts';
import { itemKeyText } from '../core/item.ts';
import type { Link } from '../core/link.ts';
import type { PathRules } from '../core/matching/evidence.ts';
import { areFoundByPath } from '../core/matching/foundByPath.ts';
import { type LookupKeys, lookupKeys } from '../core/matching/lookupKeys.ts';
import { pathKey } from '../core/matching/pathKey.ts';
import type { PathMap } from '../core/matching/pathMap.ts';
import { matchScene, type Verdict } from '../core/matching/verdict.ts';
import type { Scene } from '../core/scene.ts';
import type { Settings } from '../core/settings/table.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { FileIndex, IndexedPart, Store } from '../store/port.ts';
import type { Indexer } from './indexer.ts';
import type { PathMaps } from './pathMaps.ts';
import type { PlexHost } from './plexHost.ts';

export interface MatchParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly indexer: Indexer;
  readonly pathMaps: PathMaps;
  readonly plexHost: PlexHost;
  readonly settings: Settings;
}

/** A scene beside the index: its verdict, its links so far, and which of those still hold. */
export interface Judged {
  readonly scene: Scene;
  readonly links: readonly Link[];
  readonly partsOfLinks: ReadonlyMap<string, readonly IndexedPart[]>;
  readonly verdict: Verdict<IndexedPart>;
  readonly maps: readonly PathMap[];
  readonly isPlexCaseSensitive: boolean | null;
}

/**
 * Whether Plex may make the item of this link anew: it is gone, and the scene still has its file. Then the link
 * stays, with what we wrote there, also while the scene goes on with its other files.
 */
export const isWithoutItem = (
  link: Link,
  { scene, partsOfLinks }: Pick<Judged, 'scene' | 'partsOfLinks'>,
): boolean =>
  !partsOfLinks.has(itemKeyText(link.item)) && scene.files.some(({ path }) => path === link.scenePath);

/** What the index says of scenes. Each is judged for itself, whatever other scenes claim. */
export async function judgeScenes(
  scenes: readonly Scene[],
  { store, pathMaps, plexHost, settings }: MatchParts,
): Promise<ReadonlyMap<SceneId, Judged>> {
  const maps = await pathMaps.current();
  const isPlexCaseSensitive = plexHost.isCaseSensitive;
  const candidates = await findCandidates(scenes, { index: store.index, maps, isPlexCaseSensitive });
  const linksOf = await store.links.ofScenes(scenes.map((scene) => scene.id));
  const linkedItems = [...linksOf.values()].flat().map((link) => link.item);
  const partsOfLinks = Map.groupBy(await store.index.partsOf(linkedItems), (part) => itemKeyText(part.item));
  const followed = await partsInPlaceOf([...linksOf.values()].flat(), partsOfLinks, store.index);
  return new Map(
    scenes.map((scene) => {
      const links = linksOf.get(scene.id) ?? [];
      const pinned = links.filter((link) => link.evidence === 'pinned');
      const pinnedParts = pinned.flatMap(
        (link) =>
          partsOfLinks.get(itemKeyText(link.item)) ??
          (followed.get(pathKey(link.itemPath)) ?? []).filter(
            ({ item }) => item.section === link.item.section,
          ),
      );
      const verdict = matchScene<IndexedPart>({
        files: scene.files,
        pinned: [...pinned, ...pinnedParts].map(({ item }) => item),
        candidates: [...candidates, ...pinnedParts],
        maps,
        isStrict: settings.strict_matching,
        isPlexCaseSensitive,
      });
      return [scene.id, { scene, links, partsOfLinks, verdict, maps, isPlexCaseSensitive }] as const;
    }),
  );
}

/**
 * What lies where the file of a chosen item lay that is gone: Plex gave the file another rating key, and a person's
 * choice is of the file. By its path key.
 */
async function partsInPlaceOf(
  links: readonly Link[],
  partsOfLinks: Judged['partsOfLinks'],
  index: FileIndex,
): Promise<ReadonlyMap<string, readonly IndexedPart[]>> {
  const orphaned = links.filter(
    ({ evidence, item }) => evidence === 'pinned' && !partsOfLinks.has(itemKeyText(item)),
  );
  if (orphaned.length === 0) return new Map();
  const pathKeys = orphaned.map(({ itemPath }) => pathKey(itemPath));
  return Map.groupBy(await index.findParts({ pathKeys, nameKeys: [], sizes: [] }), ({ path }) =>
    pathKey(path),
  );
}

/** By path first, which mostly is all; by name and size only for scenes whose files are not met that way. */
async function findCandidates(
  scenes: readonly Scene[],
  { index, ...rules }: PathRules & { readonly index: FileIndex },
): Promise<readonly IndexedPart[]> {
  const keysOf = (some: readonly Scene[]): LookupKeys =>
    lookupKeys(
      some.flatMap((scene) => scene.files),
      rules.maps,
    );
  const byPath = await index.findParts({ ...keysOf(scenes), nameKeys: [], sizes: [] });
  const open = scenes.filter((scene) => !areFoundByPath(scene.files, byPath, rules));
  if (open.length === 0) return byPath;
  const others = await index.findParts(keysOf(open));
  return [...new Map([...byPath, ...others].map((part) => [partText(part), part])).values()];
}

const partText = ({ item, id }: IndexedPart): string => `${itemKeyText(item)}/${id}`;
