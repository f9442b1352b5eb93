import { isComparable, type PathAgreement, pathAgreement } from '../core/firstRun/pathAgreement.ts';
import type { SceneId } from '../core/ids.ts';
import { inferPathMaps } from '../core/matching/inferPathMaps.ts';
import { fileFingerprint, pairFiles } from '../core/matching/pairFiles.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import type { PathMap } from '../core/matching/pathMap.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import type { Settings } from '../core/settings/table.ts';
import { clientsFor } from '../engine/clientsFor.ts';
import { type Clock, systemClock } from '../engine/clock.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { PlannedScene } from '../engine/operations.ts';
import { planScenes } from '../engine/planScenes.ts';
import { sectionsInScope } from '../engine/sections.ts';
import type { Logger } from '../log/logger.ts';
import { apiKeySignIn } from '../stash/signIn.ts';
import type { IndexedPart, Store } from '../store/port.ts';
import { openStore } from '../store/sqlite/openStore.ts';
import { sampleScenes } from './sampleScenes.ts';

export interface TrialParts {
  /** Complete, as they would be saved. */
  readonly settings: Settings;
  readonly clientIdentifier: string;
  readonly version: string;
  readonly logger: Logger;
  readonly cutOff: AbortSignal;
}

export interface Progress {
  readonly done: number;
  /** Null: not known. */
  readonly of: number | null;
}

/** What a sample of Stash's files says about paths. */
export interface ComparedFiles extends PathAgreement {
  /** Those that were given, or else those that the files speak for. */
  readonly maps: readonly PathMap[];
}

/**
 * The engine with settings that are not saved yet, on a database in memory: it reads both sides as the daemon would,
 * and nothing is written to Plex, to Stash or to a disk.
 */
export class Trial {
  readonly #parts: TrialParts;
  readonly #store: Store;
  readonly #clock: Clock;
  #scenes: readonly Scene[] = [];
  #twins: readonly IndexedPart[] = [];

  constructor(parts: TrialParts, clock: Clock = systemClock) {
    this.#parts = parts;
    this.#clock = clock;
    const opened = openStore({ file: ':memory:', now: clock.now() });
    // A database in memory is neither damaged nor anybody else's.
    if (!opened.ok) throw new Error(opened.failure.message);
    this.#store = opened.value.store;
  }

  /** Lists the chosen libraries whole. */
  async readPlex(onProgress: (progress: Progress) => void): Promise<Result<{ readonly items: number }>> {
    const engine = this.#engineWith([]);
    const of = await this.#countItems(engine);
    if (!of.ok) return of;
    const ended = new AbortController();
    const refreshing = engine.indexer.refresh(0).finally(() => ended.abort());
    while (!ended.signal.aborted) {
      onProgress({ done: await this.#itemsSoFar(), of: of.value });
      await this.#clock.sleep(PROGRESS_EVERY_MS, ended.signal);
    }
    const refreshed = await refreshing;
    return refreshed.ok ? succeed({ items: await this.#itemsSoFar() }) : fail(refreshed.failure);
  }

  /** Reads scenes from all over the library, and looks for their files in what was read of Plex. */
  async readStash(onProgress: (progress: Progress) => void): Promise<Result<{ readonly scenes: number }>> {
    const { stash } = this.#engineWith([]);
    const sampled = await sampleScenes(stash, (done) => onProgress({ done, of: null }));
    if (!sampled.ok) return sampled;
    this.#scenes = sampled.value;
    const files = this.#files().filter(isComparable);
    this.#twins = await this.#store.index.findParts({
      pathKeys: [],
      nameKeys: files.map(({ path }) => nameKey(path)),
      sizes: files.flatMap(({ size }) => (size === null ? [] : [size])),
    });
    return succeed({ scenes: sampled.value.length });
  }

  /** @param given null: the maps are learned from the files. */
  compareFiles(given: readonly PathMap[] | null): ComparedFiles {
    const files = this.#files();
    const maps = given ?? inferPathMaps(pairFiles(files.filter(isComparable), this.#twins));
    return { maps, ...pathAgreement(files, this.#twins, maps) };
  }

  /** What a sync would write for some of the scenes whose files Plex has. */
  async preview(maps: readonly PathMap[], scenes: number): Promise<Result<readonly PlannedScene[]>> {
    const engine = this.#engineWith(maps);
    const host = await engine.plexHost.ask();
    if (!host.ok) return host;
    return planScenes(this.#someCommon(scenes), engine);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #files(): Scene['files'] {
    return this.#scenes.flatMap(({ files }) => files);
  }

  /** From all over the sample, since libraries of different age hold different things. */
  #someCommon(count: number): readonly SceneId[] {
    const known = new Set(this.#twins.map(fileFingerprint));
    const common = this.#scenes.filter(({ files }) =>
      files.some((file) => isComparable(file) && known.has(fileFingerprint(file))),
    );
    const step = Math.max(1, common.length / count);
    return Array.from({ length: Math.min(count, common.length) }, (_, nth) => common[Math.floor(nth * step)])
      .filter((scene) => scene !== undefined)
      .map(({ id }) => id);
  }

  async #itemsSoFar(): Promise<number> {
    return (await this.#store.index.sections()).reduce((sum, { items }) => sum + items, 0);
  }

  async #countItems({ plex, settings }: Engine): Promise<Result<number>> {
    const all = await plex.sections();
    if (!all.ok) return all;
    const chosen = sectionsInScope(all.value, settings.plex_library);
    if (!chosen.ok) return chosen;
    let items = 0;
    for (const { key } of chosen.value) {
      const page = await plex.sectionPage({ section: key, start: 0, size: 0 });
      if (!page.ok) return page;
      items += page.value.totalSize;
    }
    return succeed(items);
  }

  #engineWith(maps: readonly PathMap[]): Engine {
    const { settings, clientIdentifier, version, logger, cutOff } = this.#parts;
    const stashSignIn = apiKeySignIn(settings.stash_api_key);
    return createEngine({
      store: this.#store,
      settings,
      problems: [],
      pathMapOverrides: maps,
      logger,
      clock: this.#clock,
      random: Math.random,
      reach: () => undefined,
      stashSignIn,
      ...clientsFor({
        settings,
        stashSignIn,
        clientIdentifier,
        version,
        cutOff,
      }),
    });
  }
}

const PROGRESS_EVERY_MS = 200;
