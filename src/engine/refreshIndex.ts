import { type Result, succeed } from '../core/result.ts';
import type { Store } from '../store/port.ts';
import { endFullListing, fullListingAskedAt } from './fullListing.ts';
import type { Indexer } from './indexer.ts';
import type { PathMaps } from './pathMaps.ts';

export interface RefreshParts {
  readonly store: Store;
  readonly indexer: Indexer;
  readonly pathMaps: PathMaps;
}

/** One that was under way when the listing was asked for does not count as it. */
const TRIES = 2;

/** Brings the file index up to date, by whole listings where such were asked for, and learns from what came. */
export async function refreshIndex(parts: RefreshParts): Promise<Result<void>> {
  const { store, indexer, pathMaps } = parts;
  for (let left = TRIES; ; left--) {
    const askedAt = await fullListingAskedAt(store.meta);
    const refreshed = await indexer.refresh(0);
    if (!refreshed.ok) return refreshed;
    const isDone = askedAt === null || (await isListedSince(parts, askedAt));
    if (!isDone && refreshed.value.doubt === null && left > 1) continue;
    if (refreshed.value.listed || askedAt !== null || (await pathMaps.current()).length === 0) {
      const learned = await pathMaps.learn();
      if (!learned.ok) return learned;
    }
    if (isDone && askedAt !== null) await endFullListing(store.meta, askedAt);
    return succeed(undefined);
  }
}

const isListedSince = async ({ store }: RefreshParts, time: number): Promise<boolean> =>
  (await store.index.sections()).every(({ listedAt }) => (listedAt ?? 0) >= time);
