/** Counts of one comparison of everything, so far. */
export interface ReconcileCounts {
  /** Scenes compared. */
  readonly scenes: number;
  /** Proven equal by Plex's list alone: nothing was asked about them. */
  readonly inStep: number;
  /** Queued to be looked at, for whichever reason. */
  readonly queued: number;
  /** Of those, the ones that only take their turn in being read in detail, or were last read too soon to be sure. */
  readonly queuedToBeSure: number;
  /** Known not to be in Plex, as when last looked at. */
  readonly notInPlex: number;
  /** Known to need a person, as when last looked at. */
  readonly needPerson: number;
  /** Held: nothing is written for them until a person releases them. */
  readonly held: number;
  /** Not carried, by the settings that choose scenes. */
  readonly leftOut: number;
  /** Destroyed in Stash since. */
  readonly destroyed: number;
}

export const NO_COUNTS: ReconcileCounts = {
  scenes: 0,
  inStep: 0,
  queued: 0,
  queuedToBeSure: 0,
  notInPlex: 0,
  needPerson: 0,
  held: 0,
  leftOut: 0,
  destroyed: 0,
};

export function addCounts(one: ReconcileCounts, other: ReconcileCounts): ReconcileCounts {
  return {
    scenes: one.scenes + other.scenes,
    inStep: one.inStep + other.inStep,
    queued: one.queued + other.queued,
    queuedToBeSure: one.queuedToBeSure + other.queuedToBeSure,
    notInPlex: one.notInPlex + other.notInPlex,
    needPerson: one.needPerson + other.needPerson,
    held: one.held + other.held,
    leftOut: one.leftOut + other.leftOut,
    destroyed: one.destroyed + other.destroyed,
  };
}

/** How long the rest takes at the speed since a point on the way; null while nothing can be said. */
export function remainingMs(facts: {
  readonly from: { readonly done: number; readonly at: number };
  readonly done: number;
  readonly total: number;
  readonly now: number;
}): number | null {
  const { from, done, total, now } = facts;
  const did = done - from.done;
  if (did <= 0 || now <= from.at) return null;
  return Math.round((Math.max(0, total - done) * (now - from.at)) / did);
}
