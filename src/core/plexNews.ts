import type { RatingKey, SectionKey, SectionUuid } from './ids.ts';
import type { ItemKey } from './item.ts';
import type { Job } from './job.ts';
import type { Link } from './link.ts';
import type { ItemEvent } from './plexEvent.ts';

/** After the last event of a burst; Plex tells of one new item five times within seconds. */
const QUIET_MS = 1_000;
/** A scan of a large library tells for minutes: what is there by then is looked at. */
export const LONGEST_GATHERING_MS = 5_000;
/** Beyond, the pages of what changed are the cheaper way to learn it: 500 items a request, not 50. */
const READ_AT_ONCE = 500;
/** Beyond, the library is listed, so that a disk that went away is noticed as such. */
const GONE_AT_ONCE = 50;
/** Plex's times count seconds: an event so soon after our read may be of our edit, or of one in the same second. */
const SAME_SECOND_MS = 5_000;
/** By then the job that sent an edit has read it back, or has failed. */
const OPEN_EDIT_MS = 30_000;

/** When events are looked at: once it is quiet, at the latest some seconds after the first one. */
export const gatheredAt = (times: { readonly firstAt: number; readonly lastAt: number }): number =>
  Math.min(times.lastAt + QUIET_MS, times.firstAt + LONGEST_GATHERING_MS);

/** When we heard it is by our own clock (epoch ms), as is when we verified. */
export interface ItemNews extends ItemEvent {
  readonly heardAt: number;
}

/** What a burst of events says of items, in whatever order and however often it came: one piece of news for each. */
export function newsOf(events: readonly ItemNews[]): ReadonlyMap<RatingKey, ItemNews> {
  const items = new Map<RatingKey, ItemNews>();
  for (const event of events) items.set(event.ratingKey, joined(items.get(event.ratingKey), event));
  return items;
}

/** Whether the item is gone is asked of Plex itself, so that one such event is enough to ask. */
const joined = (one: ItemNews | undefined, other: ItemNews): ItemNews =>
  one === undefined
    ? other
    : {
        ...one,
        section: one.section ?? other.section,
        isGone: one.isGone || other.isGone,
        updatedAt: newest(one.updatedAt, other.updatedAt),
        heardAt: Math.max(one.heardAt, other.heardAt),
      };

const newest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** The libraries in which an item may be that we know or want to know; none for those out of scope. */
export function possibleKeys(
  event: ItemEvent,
  sections: readonly { readonly uuid: SectionUuid; readonly key: SectionKey }[],
): readonly ItemKey[] {
  return sections
    .filter(({ key }) => event.section === null || event.section === key)
    .map(({ uuid }) => ({ section: uuid, ratingKey: event.ratingKey }));
}

export interface HeardOf {
  readonly news: ItemNews;
  /** All links of the item. */
  readonly links: readonly Link[];
  /** Whether the file index has it. */
  readonly isIndexed: boolean;
}

/** What to ask Plex for by key, and whether to go through the pages of what changed. */
export function readingOf(
  heard: readonly HeardOf[],
  now: number,
): { readonly keys: readonly RatingKey[]; readonly isCatchUpDue: boolean } {
  const wanted = heard.filter((each) => isWorthReading(each, now)).map(({ news }) => news);
  const changed = wanted.filter((news) => !news.isGone);
  const gone = wanted.filter((news) => news.isGone);
  return {
    keys: [
      ...(changed.length > READ_AT_ONCE ? [] : changed),
      ...(gone.length > GONE_AT_ONCE ? [] : gone),
    ].map((news) => news.ratingKey),
    isCatchUpDue: changed.length > READ_AT_ONCE || gone.length > GONE_AT_ONCE,
  };
}

/** Not what we do not have and Plex has no more, and not our own edits. */
function isWorthReading({ news, links, isIndexed }: HeardOf, now: number): boolean {
  if (news.isGone || news.section === null) return isIndexed;
  return links.length === 0 || !links.every((link) => isEcho(link, news, now));
}

/**
 * Whether an event tells of our own edit, or of something that we have seen since. An edit that is still open
 * is read back by its own job.
 */
export function isEcho(
  link: Pick<Link, 'verifiedUpdatedAt' | 'verifiedAt' | 'writtenAt'>,
  { updatedAt, heardAt }: Pick<ItemNews, 'updatedAt' | 'heardAt'>,
  now: number,
): boolean {
  const { verifiedUpdatedAt, verifiedAt, writtenAt } = link;
  if (isWithin(writtenAt, now, OPEN_EDIT_MS)) return true;
  if (verifiedAt === null) return false;
  // What was told before we read, we have read.
  if (updatedAt === null || verifiedUpdatedAt === null) return heardAt <= verifiedAt;
  if (updatedAt !== verifiedUpdatedAt) return updatedAt < verifiedUpdatedAt;
  return heardAt <= verifiedAt || heardAt - verifiedAt > SAME_SECOND_MS;
}

const isWithin = (at: number | null, now: number, ms: number): boolean =>
  at !== null && now >= at && now - at < ms;

/**
 * Whether a scene is to be looked at because its item is not as we last saw it. Jobs that failed keep the time
 * they have: else an edit that Plex takes and does not show would bring itself back for ever.
 */
export function isLookWanted(facts: {
  readonly link: Pick<Link, 'desiredHash' | 'verifiedUpdatedAt' | 'writtenAt'>;
  readonly job: Pick<Job, 'state' | 'failure'> | null;
  /** Epoch s, as Plex shows it now. */
  readonly updatedAt: number | null;
  /** Whether it was seen to hold other values than those that we verified, whatever its time says. */
  readonly hasOtherValues?: boolean;
}): boolean {
  const { link, job, updatedAt, hasOtherValues = false } = facts;
  if (!mayBeAsked(job)) return false;
  if (link.desiredHash === null || link.writtenAt !== null) return job === null;
  return hasOtherValues || updatedAt !== link.verifiedUpdatedAt;
}

/** No job, one that runs, or one that has not failed yet. */
export const mayBeAsked = (job: Pick<Job, 'state' | 'failure'> | null): boolean =>
  job === null || job.state === 'running' || (job.state === 'pending' && job.failure === null);
