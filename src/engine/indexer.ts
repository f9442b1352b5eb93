import type { Failure } from '../core/failure.ts';
import type { ItemKey, ListedItem, Section } from '../core/item.ts';
import type { Trigger } from '../core/job.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import { judgeListing } from '../core/matching/safety.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { IndexedItem, IndexedSection, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import type { SafetyStop } from './safetyStop.ts';
import { sectionsInScope } from './sections.ts';

const PAGE_SIZE = 500;
/** Deletions show only in a full listing (plex reference §2: there is no "deleted since"). */
const LISTING_AGE_MS = 24 * 60 * 60 * 1000;
/** Same clock on both ends of the comparison (Plex's), so this covers its one-second resolution only. */
const OVERLAP_S = 5;
/** A listing with entries that nobody can read is not complete; it is tried again, not all the time. */
const INCOMPLETE_LISTING_RETRY_MS = 10 * 60 * 1000;
/** A listing whose total moved under it is read again: an item may have slipped from page to page. */
const LISTING_TRIES = 3;

export interface IndexerParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stop: SafetyStop;
  readonly reach: ReachStep;
  /** Told of settings that do not fit what Plex has: no answer of Plex shows it, so that nobody else sees it. */
  readonly noteFailure: (failure: Failure) => void;
}

/** Keeps the file index the same as Plex's libraries: listings, catch-ups, and whom new files wake. */
export class Indexer {
  readonly #parts: IndexerParts;
  /** Totals that a listing has already explained, so that a lasting disagreement is not read again for ever. */
  readonly #totals = new Map<string, number>();
  readonly #incompleteAt = new Map<string, number>();
  #running: Promise<Result<RefreshOutcome>> | null = null;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  /** Brings every library in scope up to date unless that was done within `maxAgeMs`. Calls do not overlap. */
  refresh(maxAgeMs: number): Promise<Result<RefreshOutcome>> {
    this.#running ??= this.#refresh(maxAgeMs).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Whether every library in scope was read whole: only then "not in Plex" may be said. */
  async isComplete(): Promise<boolean> {
    const sections = await this.#parts.store.index.sections();
    return sections.length > 0 && sections.every((section) => section.listedAt !== null);
  }

  async #refresh(maxAgeMs: number): Promise<Result<RefreshOutcome>> {
    const { store, plex, settings, clock } = this.#parts;
    const indexed = new Map((await store.index.sections()).map((section) => [section.uuid, section]));
    const isFresh = (section: IndexedSection): boolean =>
      section.listedAt !== null &&
      section.caughtUpAt !== null &&
      clock.now() - Math.max(section.caughtUpAt, section.listedAt) < maxAgeMs;
    if (indexed.size > 0 && [...indexed.values()].every(isFresh)) return succeed({ listed: false });

    const all = await plex.sections();
    if (!all.ok) return all;
    const inScope = sectionsInScope(all.value, settings.plex_library);
    if (!inScope.ok) {
      this.#parts.noteFailure(inScope.failure);
      return inScope;
    }
    const uuids = new Set(inScope.value.map((section) => section.uuid));
    await store.index.dropSections([...indexed.keys()].filter((uuid) => !uuids.has(uuid)));

    let listed = false;
    for (const section of inScope.value) {
      const known = indexed.get(section.uuid);
      const refreshed = await this.#refreshSection(section, known ?? null);
      if (!refreshed.ok) return refreshed;
      listed ||= refreshed.value.listed;
    }
    return succeed({ listed });
  }

  async #refreshSection(section: Section, known: IndexedSection | null): Promise<Result<RefreshOutcome>> {
    const now = this.#parts.clock.now();
    const isListingDue =
      known === null ||
      known.listedAt === null ||
      known.key !== section.key ||
      now - known.listedAt >= LISTING_AGE_MS;
    const incompleteAt = this.#incompleteAt.get(section.uuid) ?? Number.NEGATIVE_INFINITY;
    if (isListingDue && now - incompleteAt < INCOMPLETE_LISTING_RETRY_MS) return succeed({ listed: false });
    if (isListingDue) return this.#list(section);
    const caughtUp = await this.#catchUp(section, known);
    if (!caughtUp.ok || !caughtUp.value.isTotalUnexplained)
      return caughtUp.ok ? succeed({ listed: false }) : caughtUp;
    return this.#list(section);
  }

  /** Reads the whole library; what it does not meet again is gone. */
  async #list(section: Section): Promise<Result<RefreshOutcome>> {
    const { store, clock, logger, stop, reach } = this.#parts;
    const before = (await store.index.sections()).find((each) => each.uuid === section.uuid);
    for (let attempt = 1; ; attempt++) {
      const generation = await store.index.beginListing(section);
      const startedAt = clock.now();
      const pages = await this.#readPages(section, { generation, since: null });
      if (!pages.ok) return pages;
      if (pages.value.hasTotalMoved && attempt < LISTING_TRIES) continue;
      if (pages.value.unreadable.length > 0) return this.#leaveIncomplete(section, pages.value);
      const unmet = await store.index.countUnmet(section.uuid, generation);
      const verdict = judgeListing({ itemsBefore: before?.items ?? 0, itemsUnmet: unmet });
      if (verdict.kind === 'stop' && !(await stop.takeListingAcceptance(section.uuid, unmet))) {
        await stop.engage({
          kind: 'safety',
          reason: `Library ${JSON.stringify(section.title)}: ${verdict.words}`,
          cause: { kind: 'listing', section: section.uuid, unmet },
        });
        return succeed({ listed: false });
      }
      await store.index.finishListing(section.uuid, generation, startedAt);
      await store.index.setWatermark(
        section.uuid,
        Math.max(pages.value.newest, before?.watermark ?? 0),
        startedAt,
      );
      this.#totals.set(section.uuid, pages.value.total);
      this.#incompleteAt.delete(section.uuid);
      reach('index-page');
      logger.info({ library: section.title, items: pages.value.count }, 'library indexed');
      return succeed({ listed: true });
    }
  }

  #leaveIncomplete(section: Section, pages: PagesRead): Result<RefreshOutcome> {
    this.#incompleteAt.set(section.uuid, this.#parts.clock.now());
    this.#parts.logger.warn(
      { library: section.title, unreadable: pages.unreadable.length, first: pages.unreadable[0] ?? '' },
      'Plex listed entries that make no sense: what is missing from the index is not taken for missing in Plex',
    );
    return succeed({ listed: false });
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
      const pages = await this.#readPages(section, { generation: null, since: { field, time } });
      if (!pages.ok) return pages;
      newest = Math.max(newest, pages.value.newest);
    }
    await store.index.setWatermark(section.uuid, newest, startedAt);
    const total = await plex.sectionPage({ section: section.key, start: 0, size: 0 });
    if (!total.ok) return total;
    const items = (await store.index.sections()).find((each) => each.uuid === section.uuid)?.items ?? 0;
    const { totalSize } = total.value;
    return succeed({
      isTotalUnexplained: totalSize !== items && totalSize !== this.#totals.get(section.uuid),
    });
  }

  async #readPages(
    section: Section,
    read: {
      readonly generation: number | null;
      readonly since: { field: 'updatedAt' | 'addedAt'; time: number } | null;
    },
  ): Promise<Result<PagesRead>> {
    const { store, plex, reach } = this.#parts;
    let [start, count, newest, total] = [0, 0, 0, 0];
    let firstTotal: number | null = null;
    const unreadable: string[] = [];
    for (;;) {
      const page = await plex.sectionPage({
        section: section.key,
        start,
        size: PAGE_SIZE,
        ...(read.since === null ? {} : { since: read.since }),
      });
      if (!page.ok) return page;
      const { items, totalSize } = page.value;
      const changed = await store.index.putItems(section.uuid, items.map(toIndexed), read.generation);
      await this.#wakeWaitingFor(changed);
      newest = Math.max(newest, ...items.map((item) => Math.max(item.updatedAt ?? 0, item.addedAt ?? 0)));
      firstTotal ??= totalSize;
      total = totalSize;
      unreadable.push(...page.value.unreadable);
      start += page.value.received;
      count += items.length;
      if (page.value.received === 0 || start >= totalSize) {
        return succeed({ count, newest, total, hasTotalMoved: total !== firstTotal, unreadable });
      }
      reach('index-page');
    }
  }

  /** Scenes that found no item look again when a file of their name or size appears. */
  async #wakeWaitingFor(items: readonly ItemKey[]): Promise<void> {
    if (items.length === 0) return;
    const { store, clock } = this.#parts;
    const parts = await store.index.partsOf(items);
    const scenes = await store.scenes.missing({
      nameKeys: parts.map((part) => nameKey(part.path)),
      sizes: parts.flatMap((part) => (part.size === null ? [] : [part.size])),
    });
    const triggers = scenes.map((id): Trigger => ({ subject: sceneSubject(id), source: 'index' }));
    const now = clock.now();
    if (triggers.length > 0) await store.queue.enqueue(triggers, { now, dueAt: now });
  }
}

export interface RefreshOutcome {
  /** Whether a library was read whole. */
  readonly listed: boolean;
}

interface PagesRead {
  readonly count: number;
  /** Epoch seconds by Plex's clock. */
  readonly newest: number;
  readonly total: number;
  readonly hasTotalMoved: boolean;
  readonly unreadable: readonly string[];
}

/** An item in the trash keeps its place but has no file to match (plex reference §4, emptyTrash). */
const toIndexed = (item: ListedItem): IndexedItem => ({
  ratingKey: item.ratingKey,
  title: item.title,
  updatedAt: item.updatedAt,
  parts: item.deletedAt === null ? item.parts : [],
});
