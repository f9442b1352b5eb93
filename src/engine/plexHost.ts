import { type Result, succeed } from '../core/result.ts';
import type { PlexClient } from '../plex/plexClient.ts';

/** As `/` names them [U]; other systems tell paths apart by case. */
const FOLDS_CASE: ReadonlySet<string> = new Set(['macosx', 'darwin', 'windows']);

/** What is to be known of the machine that Plex runs on. */
export class PlexHost {
  readonly #plex: PlexClient;
  #isCaseSensitive: boolean | null = null;

  constructor(plex: PlexClient) {
    this.#plex = plex;
  }

  /** Null: not asked yet, or nothing special; then a path's own shape tells. */
  get isCaseSensitive(): boolean | null {
    return this.#isCaseSensitive;
  }

  /** Asks once a process; tells at the same time whether the token is good. */
  async ask(): Promise<Result<void>> {
    const answer = await this.#plex.checkToken();
    if (!answer.ok) return answer;
    if (FOLDS_CASE.has(answer.value.platform.toLowerCase())) this.#isCaseSensitive = false;
    return succeed(undefined);
  }
}
