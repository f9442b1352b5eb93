import { FAILURE_POLICIES, type Failure } from '../core/failure.ts';
import {
  type BulkRequest,
  firstPace,
  paceAfter,
  requestsAtOnce,
  restMs,
  type Widest,
  widestOf,
} from '../core/pace.ts';
import type { Result } from '../core/result.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { Clock } from './clock.ts';

/** Fewer items than this are somebody's edit, which is not to wait for anything. */
const BULK_ITEMS = 10;

/** Watches how Plex takes what it is asked in bulk, so that it stays usable for those who watch films. */
export class PlexPace {
  readonly #clock: Clock;
  #pace = firstPace;

  readonly #widest: Widest;

  /** @param atOnce the setting `plex_requests_at_once` */
  constructor(clock: Clock, atOnce: number) {
    this.#clock = clock;
    this.#widest = widestOf(atOnce);
  }

  get requestsAtOnce(): number {
    return requestsAtOnce(this.#pace);
  }

  get editsAtOnce(): number {
    return Math.min(this.#widest.edits, this.requestsAtOnce);
  }

  /** @param workedMs how long Plex was just kept busy */
  restMs(workedMs: number): number {
    return restMs(this.#pace, workedMs);
  }

  /** The same client, whose bulk requests are timed. */
  watch(plex: PlexClient): PlexClient {
    return {
      ...plex,
      items: (keys) =>
        keys.length < BULK_ITEMS ? plex.items(keys) : this.#time('details', () => plex.items(keys)),
      sectionPage: (request) =>
        request.since === undefined && request.size > 0
          ? this.#time('list', () => plex.sectionPage(request))
          : plex.sectionPage(request),
      edit: (request) => this.#time('edit', () => plex.edit(request)),
    };
  }

  async #time<Value>(kind: BulkRequest, ask: () => Promise<Result<Value>>): Promise<Result<Value>> {
    const startedAt = this.#clock.now();
    const answer = await ask();
    const tookMs = Math.max(0, this.#clock.now() - startedAt);
    const taken = { kind, tookMs, isOverload: !answer.ok && isOverload(answer.failure) };
    this.#pace = paceAfter(this.#pace, taken, this.#widest);
    return answer;
  }
}

const isOverload = (failure: Failure): boolean => FAILURE_POLICIES[failure.class].tripsBreaker;
