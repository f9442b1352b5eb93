import * as v from 'valibot';
import type { Logger } from '../log/logger.ts';
import type { Meta } from '../store/port.ts';
import type { Clock } from './clock.ts';

const META_KEY = 'stop';

const StopSchema = v.object({
  schema: v.literal(1),
  kind: v.picklist(['safety', 'server-changed']),
  reason: v.string(),
  since: v.number(),
});

export type Stop = Omit<v.InferOutput<typeof StopSchema>, 'schema'>;

export const STOP_ADVICE: Readonly<Record<Stop['kind'], string>> = {
  safety:
    'Look whether a disk is unmounted, a library was moved, or Stash’s database was replaced. If all is well, run `plexsync resume`.',
  'server-changed': 'Correct plex_url, or run `plexsync adopt-server` if the new server is meant.',
};

/**
 * All writing stops until a person says how to go on: kept in the database, so that a restart does not
 * forget it.
 */
export class SafetyStop {
  readonly #meta: Meta;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(parts: { readonly meta: Meta; readonly clock: Clock; readonly logger: Logger }) {
    this.#meta = parts.meta;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  async current(): Promise<Stop | null> {
    const text = await this.#meta.get(META_KEY);
    return text === null ? null : v.parse(StopSchema, JSON.parse(text));
  }

  /** The first reason stands until it is dealt with. */
  async engage(stop: Omit<Stop, 'since'>): Promise<void> {
    if ((await this.current()) !== null) return;
    await this.#meta.set(META_KEY, JSON.stringify({ schema: 1, ...stop, since: this.#clock.now() }));
    this.#logger.error(
      { reason: stop.reason, advice: STOP_ADVICE[stop.kind] },
      'stopped: nothing is written',
    );
  }

  /** @returns whether there was a stop of this kind. */
  async lift(kind: Stop['kind']): Promise<boolean> {
    if ((await this.current())?.kind !== kind) return false;
    await this.#meta.delete(META_KEY);
    this.#logger.info({ kind }, 'stop lifted');
    return true;
  }
}
