import type { Trigger } from './job.ts';
import { isBurst, type Stream, streamAfter } from './priority.ts';
import type { Subject } from './scene.ts';

/** What one event of Stash told. */
export interface Told {
  readonly subjects: readonly Subject[];
  /** How many things the edit behind it was about, as far as the event tells. */
  readonly batch: number;
  /** A scan, not a person: a new scene has neither title nor cover yet (stash reference §2.5). */
  readonly isOfScan: boolean;
}

/** Triggers that are queued together. */
export interface Arriving {
  readonly triggers: readonly Trigger[];
  readonly dueAt: number;
  readonly burst: number;
}

/** By then Stash has mostly made the cover, and what else the scan is about to tell of the scene has come. */
const SCAN_SETTLES_MS = 5_000;

/**
 * What came by ones is due at once, unless it streams in as from a script. What came in bulk, or from a scan,
 * stands behind that; what a scan found waits a little, too.
 */
export function arriving(
  told: readonly Told[],
  { stream, now }: { readonly stream: Stream; readonly now: number },
): { readonly groups: readonly Arriving[]; readonly stream: Stream } {
  const ofScans = told.filter((each) => each.isOfScan);
  const inBulk = told.filter((each) => !each.isOfScan && isBurst(each.batch));
  const byOnes = told.filter((each) => !each.isOfScan && !isBurst(each.batch));
  const grown = streamAfter(stream, { events: byOnes.length, now });
  const groups = [
    { triggers: byOnes.flatMap(triggersOf), dueAt: now, burst: grown.size },
    { triggers: inBulk.flatMap(triggersOf), dueAt: now, burst: Number.POSITIVE_INFINITY },
    { triggers: ofScans.flatMap(triggersOf), dueAt: now + SCAN_SETTLES_MS, burst: Number.POSITIVE_INFINITY },
  ];
  return { groups: groups.filter(({ triggers }) => triggers.length > 0), stream: grown };
}

const triggersOf = ({ subjects }: Told): readonly Trigger[] =>
  subjects.map((subject) => ({ subject, source: SOURCES[subject.kind] }));

/** A changed tag is looked up as "entity"; all scenes stand for events that were lost. */
const SOURCES = {
  scene: 'hook',
  performer: 'entity',
  studio: 'entity',
  tag: 'entity',
  group: 'entity',
  library: 'sweep',
} as const satisfies Record<Subject['kind'], Trigger['source']>;
