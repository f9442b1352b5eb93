import { FAILURE_POLICIES, type Failure, isFailure } from '../core/failure.ts';
import type { Section } from '../core/item.ts';
import { judgeListing } from '../core/matching/safety.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { IndexedItem, IndexedSection } from '../store/port.ts';
import { forgetItems } from './drift.ts';
import { fullListingAskedAt } from './fullListing.ts';
import { IndexDoubts, type Reading } from './indexDoubts.ts';
import { type IndexPagesParts, keepItems, type PagesRead, readPages, toIndexed } from './indexPages.ts';
import type { SafetyStop } from './safetyStop.ts';
import { sectionsInScope } from './sections.ts';

/** Deletions show only in a full listing (plex reference §2: there is no "deleted since"). */
const LISTING_AGE_MS = 24 * 60 * 60 * 1000;
/** Same clock on both ends of the comparison (Plex's), so this covers its one-second resolution only. */
const OVERLAP_S = 5;
/** A listing whose total moved under it is read again: an item may have slipped from page to page. */
const LISTING_TRIES = 3;
/** As many as one request for details can name (plex reference §3.8). */
const DETAILS_AT_ONCE = 50;

export interface IndexerParts extends IndexPagesParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly stop: SafetyStop;
  /** Told of settings that do not fit what Plex has: no answer of Plex shows it, so that nobody else sees it. */
  readonly noteFailure: (failure: Failure) => void;
}

interface AllowedAge {
  readonly maxAgeMs: number;
  /** Epoch ms; a listing from before is due anew. */
  readonly listedSince: number;
}

export interface RefreshOutcome {
  /** Whether a library was read whole. */
  readonly listed: boolean;
  /** Why Plex may have what the index lacks, in words; only without a doubt "not in Plex" may be said. */
  readonly doubt: string | null;
}

/** Keeps the file index the same as Plex's libraries: listings, catch-ups, and whom new files wake. */
export class Indexer {
  readonly #parts: IndexerParts;
  /** By how much each listing missed Plex's total: what two find in a row is not read again for ever. */
  readonly #gaps = new Map<string, { readonly items: number; readonly isLasting: boolean }>();
  readonly #doubts = new IndexDoubts();
  #running: Promise<Result<RefreshOutcome>> | null = null;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  /**
   * Brings every library in scope up to date unless that was done within `maxAgeMs`; with 0 it asks also for
   * what Plex refused a moment ago. Calls do not overlap. A library that Plex refuses to show holds up no other
   * one: it is in doubt.
   */
  refresh(maxAgeMs: number): Promise<Result<RefreshOutcome>> {
    this.#running ??= this.#refresh(maxAgeMs).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #refresh(maxAgeMs: number): Promise<Result<RefreshOutcome>> {
    const { store, plex, settings, noteFailure } = this.#parts;
    const indexed = new Map((await store.index.sections()).map((section) => [section.uuid, section]));
    const age = { maxAgeMs, listedSince: await this.#listedSince() };
    const isFresh = (section: IndexedSection): boolean => this.#isFresh(section, age);
    if (indexed.size > 0 && [...indexed.values()].every(isFresh)) return this.#outcome(false);

    const all = await plex.sections();
    if (!all.ok) return all;
    const inScope = sectionsInScope(all.value, settings.plex_library);
    if (!inScope.ok) {
      noteFailure(inScope.failure);
      return inScope;
    }
    const uuids = new Set(inScope.value.map((section) => section.uuid));
    const dropped = [...indexed.keys()].filter((uuid) => !uuids.has(uuid));
    await store.index.dropSections(dropped);
    this.#doubts.forget(dropped);

    let listed = false;
    let refused: Failure | null = null;
    for (const section of inScope.value) {
      const known = indexed.get(section.uuid) ?? null;
      if (known !== null && known.key === section.key && isFresh(known)) continue;
      const refreshed = await this.#refreshSection(section, known, age);
      if (refreshed.ok) listed ||= refreshed.value;
      else if (FAILURE_POLICIES[refreshed.failure.class].countsAttempt) refused ??= refreshed.failure;
      else return refreshed;
    }
    // With no library at all to go by, each scene would be read for nothing.
    const isAnyListed = (await store.index.sections()).some((section) => section.listedAt !== null);
    return refused === null || isAnyListed ? this.#outcome(listed) : fail(refused);
  }

  async #outcome(listed: boolean): Promise<Result<RefreshOutcome>> {
    const sections = await this.#parts.store.index.sections();
    const isComplete = sections.length > 0 && sections.every((section) => section.listedAt !== null);
    const doubt = this.#doubts.words() ?? (isComplete ? null : 'a library was not read to its end yet.');
    return succeed({ listed, doubt });
  }

  /** Older listings are read anew. */
  async #listedSince(): Promise<number> {
    const { store, clock } = this.#parts;
    return Math.max(clock.now() - LISTING_AGE_MS + 1, (await fullListingAskedAt(store.meta)) ?? 0);
  }

  #isFresh({ uuid, listedAt, caughtUpAt }: IndexedSection, { maxAgeMs, listedSince }: AllowedAge): boolean {
    if (maxAgeMs === 0) return false;
    const now = this.#parts.clock.now();
    const mayNotList = this.#doubts.isWaiting('listing', uuid, now);
    if (listedAt === null || caughtUpAt === null) return mayNotList;
    if (listedAt < listedSince && !mayNotList) return false;
    const ageMs = now - Math.max(caughtUpAt, listedAt);
    // Read in the future: the clock was set back.
    return (ageMs >= 0 && ageMs < maxAgeMs) || this.#doubts.isWaiting('catch-up', uuid, now);
  }

  /** @returns whether the library was read whole. */
  async #refreshSection(
    section: Section,
    known: IndexedSection | null,
    { maxAgeMs, listedSince }: AllowedAge,
  ): Promise<Result<boolean>> {
    const now = this.#parts.clock.now();
    const mayList = maxAgeMs === 0 || !this.#doubts.isWaiting('listing', section.uuid, now);
    const isListingDue =
      known === null || known.listedAt === null || known.key !== section.key || known.listedAt < listedSince;
    if (isListingDue && mayList) return this.#listOrDoubt(section);
    if (known === null || known.listedAt === null) return succeed(false);
    const caughtUp = await this.#catchUp(section, known);
    if (!caughtUp.ok) return this.#refused('catch-up', section, caughtUp.failure);
    this.#doubts.settle('catch-up', section.uuid);
    return caughtUp.value.isTotalUnexplained && mayList ? this.#listOrDoubt(section) : succeed(false);
  }

  async #listOrDoubt(section: Section): Promise<Result<boolean>> {
    const listing = await this.#list(section);
    if (!listing.ok) return this.#refused('listing', section, listing.failure);
    if (listing.value.kind === 'incomplete') this.#doubt('listing', section, listing.value.words);
    if (listing.value.kind === 'whole') this.#doubts.forget([section.uuid]);
    return succeed(listing.value.kind === 'whole');
  }

  #refused(reading: Reading, section: Section, failure: Failure): Result<never> {
    if (FAILURE_POLICIES[failure.class].countsAttempt) this.#doubt(reading, section, failure.message);
    return fail(failure);
  }

  #doubt(reading: Reading, section: Section, words: string): void {
    const { clock, logger } = this.#parts;
    const isFirst = this.#doubts.add(reading, { section: section.uuid, words, now: clock.now() });
    logger[isFirst ? 'warn' : 'debug'](
      { library: section.title, reason: words },
      'this library could not be read: what is missing from the index is not taken for missing in Plex',
    );
  }

  /** Reads the whole library; what it does not meet again, and Plex does not have, is gone. */
  async #list(section: Section): Promise<Result<Listing>> {
    const { store, clock, logger, settings, stop, reach } = this.#parts;
    const before = (await store.index.sections()).find((each) => each.uuid === section.uuid);
    for (let attempt = 1; ; attempt++) {
      const generation = await store.index.beginListing(section);
      const startedAt = clock.now();
      const pages = await readPages(section, { generation, since: null }, this.#parts);
      if (!pages.ok) return pages;
      if (pages.value.hasTotalMoved && attempt < LISTING_TRIES) continue;
      const incomplete = whyIncomplete(pages.value);
      if (incomplete !== null) return succeed({ kind: 'incomplete', words: incomplete });
      const unmet = await store.index.countUnmet(section.uuid, generation);
      const verdict = judgeListing({ itemsBefore: before?.items ?? 0, itemsUnmet: unmet }, settings);
      if (verdict.kind === 'stop' && !(await stop.takeListingAcceptance(section.uuid, unmet))) {
        await stop.engage({
          kind: 'safety',
          reason: `Library ${JSON.stringify(section.title)}: ${verdict.words}`,
          cause: { kind: 'listing', section: section.uuid, unmet },
        });
        return succeed({ kind: 'stopped' });
      }
      const settled = await this.#settleUnmet(section, generation);
      if (!settled.ok) return settled;
      await store.index.finishListing(section.uuid, generation, startedAt);
      await store.index.setWatermark(section.uuid, pages.value.newest, startedAt);
      const gap = pages.value.total - (await this.#countItems(section));
      this.#gaps.set(section.uuid, {
        items: gap,
        isLasting: this.#gaps.get(section.uuid)?.items === gap,
      });
      CRASH_STEP: reach('index-page');
      logger.info({ library: section.title, items: pages.value.count }, 'library indexed');
      return succeed({ kind: 'whole' });
    }
  }

  /**
   * Items that a listing did not meet may have slipped from page to page while others came and went, with the
   * same total before and after. Only those that Plex does not have when asked for by key are gone.
   */
  async #settleUnmet(section: Section, generation: number): Promise<Result<void>> {
    const { store, plex } = this.#parts;
    for (;;) {
      const keys = await store.index.unmet(section.uuid, generation, DETAILS_AT_ONCE);
      if (keys.length === 0) return succeed(undefined);
      const read = await plex.items(keys);
      if (!read.ok) return read;
      const here = new Map<(typeof keys)[number], IndexedItem>();
      for (const [key, item] of read.value) {
        if (item === null) continue;
        if (isFailure(item)) return fail(item);
        if (item.sectionKey === section.key) here.set(key, { ...toIndexed(item), ratingKey: key });
      }
      const gone = keys.filter((key) => !here.has(key));
      await forgetItems(
        gone.map((ratingKey) => ({ section: section.uuid, ratingKey })),
        this.#parts,
      );
      await keepItems(section.uuid, { items: [...here.values()], generation }, this.#parts);
    }
  }

  /** Reads what changed or was added since the watermark, and compares the total to notice deletions. */
  async #catchUp(
    section: Section,
    known: IndexedSection,
  ): Promise<Result<{ readonly isTotalUnexplained: boolean }>> {
    const { store, plex, clock } = this.#parts;
    const startedAt = clock.now();
    const time = Math.max(0, known.watermark - OVERLAP_S);
    let newest = known.watermark;
    for (const field of ['updatedAt', 'addedAt'] as const) {
      const pages = await readPages(section, { generation: null, since: { field, time } }, this.#parts);
      if (!pages.ok) return pages;
      newest = Math.max(newest, pages.value.newest);
    }
    await store.index.setWatermark(section.uuid, newest, startedAt);
    const total = await plex.sectionPage({ section: section.key, start: 0, size: 0 });
    if (!total.ok) return total;
    const gap = total.value.totalSize - (await this.#countItems(section));
    const lasting = this.#gaps.get(section.uuid);
    const isExplained = gap === 0 || (lasting?.isLasting === true && lasting.items === gap);
    return succeed({ isTotalUnexplained: !isExplained });
  }

  async #countItems({ uuid }: Section): Promise<number> {
    const sections = await this.#parts.store.index.sections();
    return sections.find((each) => each.uuid === uuid)?.items ?? 0;
  }
}

type Listing =
  | { readonly kind: 'whole' | 'stopped' }
  | { readonly kind: 'incomplete'; readonly words: string };

function whyIncomplete({ unreadable, hasTotalMoved }: PagesRead): string | null {
  const [first] = unreadable;
  if (first !== undefined) return `Plex listed ${unreadable.length} entries that make no sense (${first}).`;
  return hasTotalMoved ? `its number of items changed during each of ${LISTING_TRIES} listings.` : null;
}
