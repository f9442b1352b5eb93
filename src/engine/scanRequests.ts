import {
  isScanDue,
  joinedScans,
  type ScanRequest,
  scanRequestsFor,
  scanRequestText,
} from '../core/scanRequest.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { Clock } from './clock.ts';
import type { PathMaps } from './pathMaps.ts';
import type { PlexHost } from './plexHost.ts';
import { sectionsInScope } from './sections.ts';

/** The libraries are asked for each time, to know which one is being looked through. */
const ASK_EVERY_MS = 10_000;
/** More are found again by their jobs. */
const KEPT_PATHS = 10_000;
const KEPT_FOLDERS = 10_000;

export interface ScanRequestsParts {
  readonly plex: PlexClient;
  readonly pathMaps: PathMaps;
  readonly plexHost: PlexHost;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Has Plex look into the folders of files that it does not know, where that is wanted. Of this process only: the
 * next look at a scene whose file is still missing asks anew.
 */
export class ScanRequests {
  readonly #parts: ScanRequestsParts;
  /** As Stash sees them: files for which Plex was not asked yet. */
  readonly #paths = new Set<string>();
  readonly #asked = new Map<string, number>();
  #lastAskAt: number | null = null;

  constructor(parts: ScanRequestsParts) {
    this.#parts = parts;
  }

  /** Files of scenes that are not in Plex. */
  async askFor(stashPaths: readonly string[]): Promise<void> {
    const { settings } = this.#parts;
    if (!settings.trigger_plex_scan || settings.dry_run) return;
    for (const path of stashPaths) if (this.#paths.size < KEPT_PATHS) this.#paths.add(path);
    await this.ask();
  }

  /** Asks for what is due; what is not stays for the next time. */
  async ask(): Promise<void> {
    const { plex, settings, clock, logger } = this.#parts;
    const now = clock.now();
    if (this.#paths.size === 0 || !this.#isTimeToAsk(now)) return;
    this.#lastAskAt = now;
    const all = await plex.sections();
    const inScope = all.ok ? sectionsInScope(all.value, settings.plex_library) : all;
    if (!inScope.ok) return;
    const refreshing = new Set(inScope.value.filter((each) => each.isRefreshing).map(({ key }) => key));
    for (const request of joinedScans(await this.#requests(inScope.value, refreshing))) {
      if (!isScanDue(request, this.#asked, now)) continue;
      const sent = await plex.scanFolder(request);
      this.#note(request, now);
      if (sent.ok) logger.info({ folder: request.folder }, 'Plex is asked to look into this folder');
      else {
        logger.debug({ folder: request.folder, reason: sent.failure.message }, 'Plex was not asked to look');
        return;
      }
    }
  }

  #isTimeToAsk(now: number): boolean {
    const last = this.#lastAskAt;
    return last === null || now < last || now - last >= ASK_EVERY_MS;
  }

  /** Those of libraries that Plex looks through anyway wait; what leads nowhere is forgotten. */
  async #requests(
    sections: Parameters<typeof scanRequestsFor>[1]['sections'],
    refreshing: ReadonlySet<ScanRequest['section']>,
  ): Promise<readonly ScanRequest[]> {
    const { pathMaps, plexHost } = this.#parts;
    const place = { maps: await pathMaps.current(), sections, isPlexCaseSensitive: plexHost.isCaseSensitive };
    const requests: ScanRequest[] = [];
    for (const path of [...this.#paths]) {
      const found = scanRequestsFor(path, place);
      if (found.some(({ section }) => refreshing.has(section))) continue;
      this.#paths.delete(path);
      requests.push(...found);
    }
    return requests;
  }

  #note(request: ScanRequest, now: number): void {
    const text = scanRequestText(request);
    this.#asked.delete(text);
    this.#asked.set(text, now);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > KEPT_FOLDERS && oldest !== undefined) this.#asked.delete(oldest);
  }
}
