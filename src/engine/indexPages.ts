import type { ItemKey, ListedItem, Section } from '../core/item.ts';
import type { Trigger } from '../core/job.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import type { PlexClient, SectionPage } from '../plex/plexClient.ts';
import type { IndexedItem, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { driftedScenes } from './drift.ts';
import type { PlexPace } from './plexPace.ts';

const PAGE_SIZE = 500;
const NEVER = new AbortController().signal;
/** Plex's clock may be ahead of ours by so much; what says to be from later is no point to go on from. */
const CLOCKS_APART_S = 60;

export interface IndexPagesParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly clock: Clock;
  readonly pace: PlexPace;
  readonly reach: ReachStep;
}

export interface PagesRead {
  readonly count: number;
  /** Epoch seconds by Plex's clock; an item stamped in the future must not hide those of today. */
  readonly newest: number;
  readonly total: number;
  readonly hasTotalMoved: boolean;
  readonly unreadable: readonly string[];
}

interface PagesRequest {
  readonly generation: number | null;
  readonly since: { readonly field: 'updatedAt' | 'addedAt'; readonly time: number } | null;
}

/** Reads a library, or what changed in it, page by page into the index. */
export async function readPages(
  section: Section,
  { generation, since }: PagesRequest,
  parts: IndexPagesParts,
): Promise<Result<PagesRead>> {
  const { clock, pace, reach } = parts;
  let [start, count, newest, step] = [0, 0, 0, 0];
  let firstTotal: number | null = null;
  const unreadable: string[] = [];
  for (;;) {
    // What changed lately is one page, mostly.
    const most = since === null ? pace.requestsAtOnce : 1;
    const starts = startsFrom(start, { step, total: firstTotal, most });
    const pages = await readTogether(section, { starts, since }, parts);
    for (const page of pages) {
      if (!page.ok) return page;
      const { items, totalSize, received } = page.value;
      await keepItems(section.uuid, { items: items.map(toIndexed), generation }, parts);
      const latest = Math.floor(clock.now() / 1000) + CLOCKS_APART_S;
      // One by one: a server that does not part its list into pages sends a library as one.
      const stamps = items.flatMap((item) => [item.updatedAt ?? 0, item.addedAt ?? 0]);
      newest = stamps.filter((at) => at <= latest).reduce((one, other) => Math.max(one, other), newest);
      firstTotal ??= totalSize;
      for (const words of page.value.unreadable) unreadable.push(words);
      start += received;
      count += items.length;
      if (received === 0 || start >= totalSize) {
        return succeed({
          count,
          newest,
          total: totalSize,
          hasTotalMoved: totalSize !== firstTotal,
          unreadable,
        });
      }
      CRASH_STEP: reach('index-page');
      const isAsBefore = received === step;
      step = received;
      // The pages asked for together with a shorter one begin in the wrong place.
      if (!isAsBefore) break;
    }
  }
}

async function readTogether(
  section: Section,
  { starts, since }: Pick<PagesRequest, 'since'> & { readonly starts: readonly number[] },
  { plex, clock, pace }: IndexPagesParts,
): Promise<readonly Result<SectionPage>[]> {
  const askedAt = clock.now();
  const filter = since === null ? {} : { since };
  const pages = await Promise.all(
    starts.map((start) => plex.sectionPage({ section: section.key, start, size: PAGE_SIZE, ...filter })),
  );
  if (since === null) await clock.sleep(pace.restMs(clock.now() - askedAt), NEVER);
  return pages;
}

/** Where pages begin that may be asked for together; Plex says by the first one how large its pages are. */
function startsFrom(
  start: number,
  { step, total, most }: { readonly step: number; readonly total: number | null; readonly most: number },
): readonly number[] {
  if (step === 0 || total === null) return [start];
  return Array.from({ length: most }, (_, index) => start + index * step).filter(
    (at) => at === start || at < total,
  );
}

interface KeptItems {
  readonly items: readonly IndexedItem[];
  readonly generation: number | null;
  /** Seen in detail to hold what we verified: no reason to look at their scenes. */
  readonly unchanged?: ReadonlySet<ItemKey['ratingKey']>;
}

/**
 * Puts items into the index, wakes the scenes that waited for their files, and has those looked at whose items
 * somebody changed. Queued before, since after a crash in between nothing would tell that the items are new;
 * and after, since a scene may look in between.
 */
export async function keepItems(
  section: ItemKey['section'],
  { items, generation, unchanged = new Set() }: KeptItems,
  { store, clock }: Pick<IndexPagesParts, 'store' | 'clock'>,
): Promise<void> {
  const before = await store.index.partsOf(items.map(({ ratingKey }) => ({ section, ratingKey })));
  const knownFiles = new Set(before.map((part) => fileText(part.item.ratingKey, part)));
  const added = items.flatMap(({ ratingKey, parts }) =>
    parts.filter((part) => !knownFiles.has(fileText(ratingKey, part))),
  );
  const scenes = await store.scenes.missing({
    nameKeys: added.map((part) => nameKey(part.path)),
    sizes: added.flatMap((part) => (part.size === null ? [] : [part.size])),
  });
  const known = new Map(before.map((part) => [part.item.ratingKey, part.itemUpdatedAt]));
  const wake = async (): Promise<void> => {
    const drifted = await driftedScenes({ section, items, known, unchanged }, store);
    const triggers = [
      ...scenes.map((id): Trigger => ({ subject: sceneSubject(id), source: 'index' })),
      ...drifted.map((id): Trigger => ({ subject: sceneSubject(id), source: 'plex' })),
    ];
    const now = clock.now();
    if (triggers.length > 0) await store.queue.enqueue(triggers, { now, dueAt: now });
  };
  await wake();
  await store.index.putItems(section, items, generation);
  await wake();
}

const fileText = (
  key: ItemKey['ratingKey'],
  { path, size, durationMs }: ListedItem['parts'][number],
): string => JSON.stringify([key, path, size, durationMs]);

/** An item in the trash keeps its place but has no file to match (plex reference §4, emptyTrash). */
export const toIndexed = (item: ListedItem): IndexedItem => ({
  ratingKey: item.ratingKey,
  title: item.title,
  updatedAt: item.updatedAt,
  parts: item.deletedAt === null ? item.parts : [],
});
