import * as v from 'valibot';
import type { Section } from '../core/item.ts';
import type { Rest } from '../core/reconcile/rest.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { Meta } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { sectionsInScope } from './sections.ts';

const PAUSED_KEY = 'reconcile-paused';
const PausedSchema = v.object({ schema: v.literal(1), since: v.number() });

/** What Plex does is asked for no more often, and only while something waits for it. */
const ASK_EVERY_MS = 5_000;

export interface BulkRestParts {
  readonly meta: Meta;
  readonly plex: PlexClient;
  readonly settings: Pick<Settings, 'plex_library' | 'wait_while_streaming'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Whether work that nobody waits for is left for later: a person has paused it, Plex looks through a library in
 * scope, or plays something, where that is to be minded. What a person edits never asks here.
 */
export class BulkRest {
  readonly #parts: BulkRestParts;
  #scan: { readonly library: string | null; readonly at: number } | null = null;
  #streams: { readonly count: number; readonly at: number } | null = null;

  constructor(parts: BulkRestParts) {
    this.#parts = parts;
  }

  /** The same client, of whose answers about its libraries it takes note. */
  watch(plex: PlexClient): PlexClient {
    return {
      ...plex,
      sections: async () => {
        const answer = await plex.sections();
        if (answer.ok) this.#noteSections(answer.value);
        return answer;
      },
    };
  }

  /** Asks Plex where what is known is too old. A Plex that does not answer holds nothing up: that is for the gate. */
  async why(): Promise<Rest | null> {
    const paused = await this.#paused();
    if (paused !== null) return paused;
    await this.#askForScans();
    if (this.#parts.settings.wait_while_streaming) await this.#askForStreams();
    return this.#busyPlex();
  }

  /** As last known; asks nobody. */
  async known(): Promise<Rest | null> {
    return (await this.#paused()) ?? this.#busyPlex();
  }

  /** Plex has told of a scan: what is known of it is over. */
  forget(): void {
    this.#scan = null;
  }

  async pause(): Promise<{ readonly wasPaused: boolean }> {
    const { meta, clock, logger } = this.#parts;
    if ((await this.#paused()) !== null) return { wasPaused: true };
    await meta.set(PAUSED_KEY, JSON.stringify({ schema: 1, since: clock.now() }));
    logger.info('comparisons of everything are paused');
    return { wasPaused: false };
  }

  async resume(): Promise<{ readonly wasPaused: boolean }> {
    const { meta, logger } = this.#parts;
    if ((await this.#paused()) === null) return { wasPaused: false };
    await meta.delete(PAUSED_KEY);
    logger.info('comparisons of everything go on');
    return { wasPaused: true };
  }

  async #paused(): Promise<Rest | null> {
    const text = await this.#parts.meta.get(PAUSED_KEY);
    if (text === null) return null;
    const { since } = v.parse(PausedSchema, JSON.parse(text));
    return { kind: 'paused', since };
  }

  #busyPlex(): Rest | null {
    const library = this.#scan?.library ?? null;
    if (library !== null) return { kind: 'plex-scans', library };
    const streams = this.#streams?.count ?? 0;
    return streams > 0 ? { kind: 'streaming', streams } : null;
  }

  async #askForScans(): Promise<void> {
    if (this.#isFresh(this.#scan)) return;
    const { plex } = this.#parts;
    const sections = await plex.sections();
    if (sections.ok) this.#noteSections(sections.value);
    else this.#scan = { library: null, at: this.#parts.clock.now() };
  }

  async #askForStreams(): Promise<void> {
    if (this.#isFresh(this.#streams)) return;
    const { plex, clock, logger } = this.#parts;
    const streams = await plex.countStreams();
    if (!streams.ok) logger.debug({ reason: streams.failure.message }, 'Plex did not tell what it plays');
    this.#streams = { count: streams.ok ? streams.value : 0, at: clock.now() };
  }

  #noteSections(sections: readonly Section[]): void {
    const { settings, clock } = this.#parts;
    const inScope = sectionsInScope(sections, settings.plex_library);
    const busy = inScope.ok ? inScope.value.find(({ isRefreshing }) => isRefreshing) : undefined;
    this.#scan = { library: busy?.title ?? null, at: clock.now() };
  }

  #isFresh(known: { readonly at: number } | null): boolean {
    const now = this.#parts.clock.now();
    return known !== null && now >= known.at && now - known.at < ASK_EVERY_MS;
  }
}
