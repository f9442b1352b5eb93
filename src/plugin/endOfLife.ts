/** Why the plugin's daemon ends. Jobs are kept in each case; the next hook or the next look at Stash's UI starts it again. */
export type EndReason =
  | 'told to end'
  | 'disabled in Stash'
  | 'removed from Stash'
  | 'replaced by another version'
  | 'another daemon reads the inbox'
  | 'its folder is gone'
  | 'Stash has been away for 10 minutes';

/** What is seen of the world around, at one moment. */
export interface Surroundings {
  /** Says which file lies there; null when there is none. */
  readonly bundle: string | null;
  readonly hasInbox: boolean;
  /** A service has put up its sign in the inbox. */
  readonly isExternal: boolean;
  /** `unknown`: Stash did not say. */
  readonly plugin: 'enabled' | 'disabled' | 'removed' | 'unknown';
  readonly isStashAway: boolean;
}

/** What is remembered from one look to the next. */
export interface Watched {
  readonly bundle: string | null;
  /** A bundle that differs from ours, seen once: it may be half written. */
  readonly newBundle: string | null | undefined;
  /** Of the first of the looks in a row that found Stash away; null when it answered. */
  readonly awaySince: number | null;
  readonly looksAway: number;
}

const AWAY_MS = 10 * 60 * 1000;
/** A machine that slept for an hour has not missed Stash for an hour. */
const AWAY_LOOKS = 5;

export const watchedFrom = (bundle: string | null): Watched => ({
  bundle,
  newBundle: undefined,
  awaySince: null,
  looksAway: 0,
});

/** Whether it is time to end, and what to remember otherwise. */
export function judgeSurroundings(
  watched: Watched,
  seen: Surroundings,
  now: number,
): { readonly end: EndReason } | { readonly end: null; readonly watched: Watched } {
  if (!seen.hasInbox) return { end: 'its folder is gone' };
  if (seen.isExternal) return { end: 'another daemon reads the inbox' };
  if (seen.plugin === 'disabled') return { end: 'disabled in Stash' };
  if (seen.plugin === 'removed') return { end: 'removed from Stash' };
  const isOther = seen.bundle !== watched.bundle;
  if (isOther && watched.newBundle === seen.bundle) {
    return { end: seen.bundle === null ? 'removed from Stash' : 'replaced by another version' };
  }
  const awaySince = seen.isStashAway ? (watched.awaySince ?? now) : null;
  const looksAway = seen.isStashAway ? watched.looksAway + 1 : 0;
  if (awaySince !== null && now - awaySince >= AWAY_MS && looksAway >= AWAY_LOOKS) {
    return { end: 'Stash has been away for 10 minutes' };
  }
  return {
    end: null,
    watched: { ...watched, newBundle: isOther ? seen.bundle : undefined, awaySince, looksAway },
  };
}
