import { hasCome } from '../core/dueTime.ts';
import { isFailure } from '../core/failure.ts';
import type { RatingKey, SectionUuid } from '../core/ids.ts';
import { type Item, itemKeyText } from '../core/item.ts';
import type { PlexEvent } from '../core/plexEvent.ts';
import {
  gatheredAt,
  type HeardOf,
  type ItemNews,
  isLookWanted,
  LONGEST_GATHERING_MS,
  newsOf,
  possibleKeys,
  readingOf,
} from '../core/plexNews.ts';
import type { Result } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { IndexedSection, Store } from '../store/port.ts';
import type { BulkRest } from './bulkRest.ts';
import type { Clock } from './clock.ts';
import { forgetItems } from './drift.ts';
import type { Gate } from './gate.ts';
import type { Indexer } from './indexer.ts';
import { keepItems, toIndexed } from './indexPages.ts';
import type { PathMaps } from './pathMaps.ts';
import type { VerifiedValues } from './verifiedValues.ts';

/** Woken by the next event anyway. */
const IDLE_MS = 60_000;
/** While work waits for a server or a person. */
const SHUT_MS = 5_000;
/** The poll reads what could not be read, too. */
const RETRY_MS = 30_000;
/** A scan may tell of a million things: beyond, the pages of what changed tell all of it. */
const KEPT_EVENTS = 50_000;

export interface PlexEventsParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly indexer: Indexer;
  readonly pathMaps: PathMaps;
  readonly gate: Gate;
  /** Whether the Plex at plex_url is the one that this data folder belongs to. */
  readonly checkServer: () => Promise<Result<void>>;
  readonly verified: VerifiedValues;
  readonly bulkRest: BulkRest;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Makes of Plex's events what the poll would find later: the file index is up to date, scenes that wait for a
 * file look again, and so do those whose items somebody else changed. An event is a reason to ask, no more, so
 * that one that is lost, doubled or wrong does no harm.
 */
export class PlexEvents {
  readonly #parts: PlexEventsParts;
  #events: ItemNews[] = [];
  #times: { readonly firstAt: number; readonly lastAt: number } | null = null;
  /** Whether anything may have been missed, and since when. */
  #catchUpSince: number | null = null;
  /** Whoever answers there now has not shown yet to be our server. */
  #isServerChecked = false;

  constructor(parts: PlexEventsParts) {
    this.#parts = parts;
  }

  /** Takes an event in; the next round looks at it. */
  take(event: PlexEvent): void {
    const now = this.#parts.clock.now();
    this.#times = { firstAt: this.#times?.firstAt ?? now, lastAt: now };
    if (event.kind === 'connected') this.#isServerChecked = false;
    if (event.kind === 'scan-ended') this.#parts.bulkRest.forget();
    if (event.kind !== 'item' || this.#events.length >= KEPT_EVENTS) this.#missed();
    else this.#events.push({ ...event, heardAt: now });
  }

  /** Looks at what was gathered, once it is quiet. @returns how long to wait for the next round unless woken. */
  async round(): Promise<number> {
    const now = this.#parts.clock.now();
    const dueAt = this.#times === null ? null : gatheredAt(this.#times);
    if (dueAt !== null && !hasCome(dueAt, now, LONGEST_GATHERING_MS)) return dueAt - now;
    if (this.#times === null && this.#catchUpSince === null) return IDLE_MS;
    const events = this.#events;
    this.#events = [];
    this.#times = null;
    // Probing is for others: what is missed here the catch-up brings.
    if (await this.#parts.gate.isShut()) {
      if (events.length > 0) this.#missed();
      return SHUT_MS;
    }
    try {
      return (await this.#handle(events)) ? 0 : RETRY_MS;
    } catch (error) {
      this.#missed();
      throw error;
    }
  }

  #missed(): void {
    this.#catchUpSince = this.#parts.clock.now();
  }

  /** @returns whether all that was to be asked was answered. */
  async #handle(events: readonly ItemNews[]): Promise<boolean> {
    if (!this.#isServerChecked) {
      const checked = await this.#parts.checkServer();
      if (!checked.ok) {
        this.#missed();
        return false;
      }
      this.#isServerChecked = true;
    }
    const sections = await this.#parts.store.index.sections();
    // Before the first listing there is nothing to keep up to date.
    if (sections.length === 0) {
      this.#catchUpSince = null;
      return true;
    }
    const reading = readingOf(await this.#heardOf(events, sections), this.#parts.clock.now());
    if (reading.isCatchUpDue) this.#missed();
    const isRead = await this.#read(reading.keys, sections);
    if (!isRead) this.#missed();
    return (await this.#catchUp()) && isRead;
  }

  async #heardOf(
    events: readonly ItemNews[],
    sections: readonly IndexedSection[],
  ): Promise<readonly HeardOf[]> {
    const { index, links } = this.#parts.store;
    const candidates = [...newsOf(events).values()]
      .map((news) => ({ news, keys: possibleKeys(news, sections) }))
      .filter(({ keys }) => keys.length > 0);
    const all = candidates.flatMap(({ keys }) => keys);
    const linksOf = Map.groupBy(await links.ofItems(all), ({ item }) => itemKeyText(item));
    const indexed = new Set((await index.partsOf(all)).map(({ item }) => itemKeyText(item)));
    return candidates.map(({ news, keys }) => ({
      news,
      links: keys.flatMap((key) => linksOf.get(itemKeyText(key)) ?? []),
      isIndexed: keys.some((key) => indexed.has(itemKeyText(key))),
    }));
  }

  async #read(keys: readonly RatingKey[], sections: readonly IndexedSection[]): Promise<boolean> {
    if (keys.length === 0) return true;
    const { store, plex, verified, clock, logger } = this.#parts;
    const read = await plex.items(keys);
    if (!read.ok) return false;
    logger.debug({ items: keys.length }, 'changes in Plex read');
    const gone = [...read.value].flatMap(([key, item]) => (item === null ? key : []));
    const items = [...read.value.values()].flatMap((item) => (item === null || isFailure(item) ? [] : item));
    for (const { uuid, key } of sections) {
      const ofSection = items.filter(({ sectionKey }) => sectionKey === key);
      if (ofSection.length === 0) continue;
      const isSame = (item: Item): boolean =>
        verified.areStill({ section: uuid, ratingKey: item.ratingKey }, item);
      const unchanged = new Set(ofSection.filter(isSame).map((item) => item.ratingKey));
      const kept = { items: ofSection.map(toIndexed), generation: null, unchanged };
      await keepItems(uuid, kept, { store, clock });
      await this.#findSameSecond(
        uuid,
        ofSection.filter((item) => !unchanged.has(item.ratingKey)),
      );
    }
    await forgetItems(
      gone.flatMap((ratingKey) => sections.map(({ uuid }) => ({ section: uuid, ratingKey }))),
      { store, clock },
    );
    return true;
  }

  /** Somebody may have edited an item in the second of our own edit, so that its time does not show it. */
  async #findSameSecond(section: SectionUuid, items: readonly Item[]): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { ratingKey, updatedAt } of items) {
      for (const link of await store.links.ofItems([{ section, ratingKey }])) {
        if (link.verifiedUpdatedAt !== updatedAt) continue;
        const subject = sceneSubject(link.sceneId);
        const job = await store.queue.get(subject);
        if (!isLookWanted({ link, job, updatedAt, hasOtherValues: true })) continue;
        const now = clock.now();
        await store.queue.enqueue([{ subject, source: 'plex' }], { now, dueAt: now });
      }
    }
  }

  /** Pages of what changed, and totals: all that may have been missed, if anything was. */
  async #catchUp(): Promise<boolean> {
    const { indexer, pathMaps, clock } = this.#parts;
    const since = this.#catchUpSince;
    if (since === null) return true;
    // Another refresh may be under way, which began too early: the second call finds all fresh, or reads anew.
    const before = await indexer.refresh(ageSince(since, clock.now()));
    const after = before.ok ? await indexer.refresh(ageSince(since, clock.now())) : before;
    if (!before.ok || !after.ok) return false;
    if (this.#catchUpSince === since) this.#catchUpSince = null;
    if (!before.value.listed && !after.value.listed) return true;
    return (await pathMaps.learn()).ok;
  }
}

/** Never 0, which asks anew for all that Plex refused a moment ago. */
const ageSince = (since: number, now: number): number => Math.max(0, now - since) + 1;
