import * as v from 'valibot';
import { isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { sceneId } from '../core/ids.ts';
import { inferPathMaps, type PathPair } from '../core/matching/inferPathMaps.ts';
import { pairFiles } from '../core/matching/pairFiles.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import type { PathMap } from '../core/matching/pathMap.ts';
import { type Result, succeed } from '../core/result.ts';
import type { SceneFile } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

const META_KEY = 'path-maps';
/** Scenes looked at to learn from: this many slices of the id range, this many scenes of each. */
const SLICES = 5;
const SCENES_PER_SLICE = 40;
const LINKS_SAMPLED = 200;

const StoredSchema = v.object({
  schema: v.literal(1),
  maps: v.array(v.object({ from: v.string(), to: v.string(), support: v.number() })),
});

export interface PathMapsParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** From the setting `path_map`; when there are any, nothing is inferred. */
  readonly overrides: readonly PathMap[];
}

/** How Stash's paths become Plex's: given by a person, or learned from files that both sides have. */
export class PathMaps {
  readonly #parts: PathMapsParts;

  constructor(parts: PathMapsParts) {
    this.#parts = parts;
  }

  async current(): Promise<readonly PathMap[]> {
    if (this.#parts.overrides.length > 0) return this.#parts.overrides;
    const text = await this.#parts.store.meta.get(META_KEY);
    return text === null ? [] : v.parse(StoredSchema, JSON.parse(text)).maps;
  }

  /** Learns from a sample of scenes and from links; when the maps change, scenes without a match look again. */
  async learn(): Promise<Result<void>> {
    if (this.#parts.overrides.length > 0) return succeed(undefined);
    const files = await this.#sampleFiles();
    if (!files.ok) return files;
    const pairs = [...(await this.#pairUp(files.value)), ...(await this.#pairsOfLinks())];
    const before = await this.current();
    const after = inferPathMaps(pairs);
    // Nothing to learn from is no reason to forget (a library may be unmounted just now).
    if (after.length === 0 || isSame(before, after)) return succeed(undefined);
    const { store, clock, logger } = this.#parts;
    await store.meta.set(META_KEY, JSON.stringify({ schema: 1, maps: after }));
    await store.queue.wake({ state: 'waiting', class: 'no-match' }, clock.now());
    await store.queue.retryDead({ kind: 'class', class: 'no-match' }, clock.now());
    logger.info(
      { maps: after.map(({ from, to, support }) => ({ from, to, files: support })) },
      'path maps learned',
    );
    return succeed(undefined);
  }

  async #sampleFiles(): Promise<Result<readonly SceneFile[]>> {
    const ids = await this.#sampleIds();
    if (!ids.ok) return ids;
    const scenes = await this.#parts.stash.readScenes(ids.value);
    if (!scenes.ok) return scenes;
    return succeed(
      [...scenes.value.values()].flatMap((scene) => (scene === null || isFailure(scene) ? [] : scene.files)),
    );
  }

  /** Slices of the id range, since libraries of different age lie on different disks. */
  async #sampleIds(): Promise<Result<readonly SceneId[]>> {
    const newest = await this.#parts.stash.newestScenes({ page: 1, perPage: SCENES_PER_SLICE });
    if (!newest.ok) return newest;
    const ids = new Set(newest.value.map((stamp) => stamp.id));
    const highest = [...ids].reduce((most, id) => Math.max(most, Number(id)), 0);
    for (let slice = 0; slice < SLICES; slice++) {
      const after = sceneId(String(Math.floor((highest * slice) / SLICES)));
      const page = await this.#parts.stash.sceneIdsAfter({ after, limit: SCENES_PER_SLICE });
      if (!page.ok) return page;
      for (const id of page.value) ids.add(id);
    }
    return succeed([...ids]);
  }

  /** Files that agree in name and size, and are the only ones that do on both sides. */
  async #pairUp(files: readonly SceneFile[]): Promise<readonly PathPair[]> {
    const parts = await this.#parts.store.index.findParts({
      pathKeys: [],
      nameKeys: files.map((file) => nameKey(file.path)),
      sizes: [],
    });
    return pairFiles(files, parts);
  }

  async #pairsOfLinks(): Promise<readonly PathPair[]> {
    const links = await this.#parts.store.links.sample(LINKS_SAMPLED, this.#parts.random());
    return links.map((link) => ({ stash: link.scenePath, plex: link.itemPath, size: null }));
  }
}

const isSame = (one: readonly PathMap[], other: readonly PathMap[]): boolean =>
  one.length === other.length &&
  one.every((map, index) => map.from === other[index]?.from && map.to === other[index]?.to);
