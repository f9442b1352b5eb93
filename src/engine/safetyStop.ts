import * as v from 'valibot';
import type { SectionUuid } from '../core/ids.ts';
import type { Logger } from '../log/logger.ts';
import type { Meta } from '../store/port.ts';
import type { Clock } from './clock.ts';

export type StopKind = 'safety' | 'server-changed';
/** What a safety stop was about: a person's word is for just that. */
export type StopCause =
  | { readonly kind: 'links' }
  | { readonly kind: 'listing'; readonly section: SectionUuid; readonly unmet: number };

const CauseSchema = v.variant('kind', [
  v.object({ kind: v.literal('links') }),
  v.object({ kind: v.literal('listing'), section: v.string(), unmet: v.number() }),
]);

const StopSchema = v.object({
  schema: v.literal(1),
  kind: v.picklist(['safety', 'server-changed']),
  reason: v.string(),
  since: v.number(),
  cause: v.nullable(CauseSchema),
});

export interface Stop {
  readonly kind: StopKind;
  readonly reason: string;
  readonly since: number;
}

export const STOP_ADVICE: Readonly<Record<StopKind, string>> = {
  safety:
    'Look whether a disk is unmounted, a library was moved, or Stash’s database was replaced. If all is well, run `plexsync resume`.',
  'server-changed': 'Correct plex_url, or run `plexsync adopt-server` if the new server is meant.',
};

const stopKey = (kind: StopKind): string => `stop:${kind}`;
const LINKS_ACCEPTED_KEY = 'accepted:links';
const listingAcceptedKey = (section: string): string => `accepted:listing:${section}`;

/**
 * All writing stops until a person says how to go on: kept in the database, so that a restart does not
 * forget it, and a word given by a command reaches the daemon.
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

  /** Another server is the graver of the two: what else is wrong cannot be judged before that is cleared up. */
  async current(): Promise<Stop | null> {
    return (await this.#read('server-changed')) ?? (await this.#read('safety'));
  }

  /** The first reason of a kind stands until it is dealt with. */
  async engage(stop: Omit<Stop, 'since'> & { readonly cause?: StopCause }): Promise<void> {
    if ((await this.#read(stop.kind)) !== null) return;
    const { kind, reason, cause = null } = stop;
    const record = { schema: 1, kind, reason, cause, since: this.#clock.now() };
    await this.#meta.set(stopKey(kind), JSON.stringify(record));
    this.#logger.error({ reason, advice: STOP_ADVICE[kind] }, 'stopped: nothing is written');
  }

  /** @returns whether there was a stop of this kind. */
  async lift(kind: StopKind): Promise<boolean> {
    if ((await this.#read(kind)) === null) return false;
    await this.#meta.delete(stopKey(kind));
    this.#logger.info({ kind }, 'stop lifted');
    return true;
  }

  /** A person says that what was found is as it should be. @returns whether there was a safety stop. */
  async resume(): Promise<boolean> {
    const stop = await this.#read('safety');
    if (stop === null) return false;
    // Items that may be gone leave broken links behind, which are then fine, too.
    if (stop.cause !== null) await this.#meta.set(LINKS_ACCEPTED_KEY, 'yes');
    if (stop.cause?.kind === 'listing') {
      await this.#meta.set(listingAcceptedKey(stop.cause.section), String(stop.cause.unmet));
    }
    return this.lift('safety');
  }

  async areBrokenLinksAccepted(): Promise<boolean> {
    return (await this.#meta.get(LINKS_ACCEPTED_KEY)) !== null;
  }

  async endLinkAcceptance(): Promise<void> {
    await this.#meta.delete(LINKS_ACCEPTED_KEY);
  }

  /** Whether a person has said that a library may lose so many items. Good for one listing. */
  async takeListingAcceptance(section: SectionUuid, unmet: number): Promise<boolean> {
    const key = listingAcceptedKey(section);
    const accepted = await this.#meta.get(key);
    if (accepted === null || unmet > Number(accepted)) return false;
    await this.#meta.delete(key);
    return true;
  }

  async #read(kind: StopKind): Promise<v.InferOutput<typeof StopSchema> | null> {
    const text = await this.#meta.get(stopKey(kind));
    return text === null ? null : v.parse(StopSchema, JSON.parse(text));
  }
}
