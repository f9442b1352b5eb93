import type { ItemKey } from './item.ts';

/** The two servers that PlexSync talks to; each has its own breaker, TLS settings and time-outs. */
export type Peer = 'plex' | 'stash';

/**
 * What can go wrong with a job, by what is to be done about it. The table below decides; nothing else
 * in the code base may treat one class differently from another.
 */
export type FailureClass =
  | 'unreachable'
  | 'auth'
  | 'settings'
  | 'no-match'
  | 'ambiguous'
  | 'contested'
  | 'rejected'
  | 'item-gone'
  | 'not-syncable'
  | 'server-changed'
  | 'unexpected';

/** An item that a scene might be; shown to the person who has to choose. */
export interface Candidate {
  readonly item: ItemKey;
  readonly title: string;
  readonly path: string;
  readonly size: number | null;
  readonly durationMs: number | null;
}

/** Data, never thrown: it is stored with the job and shown to people. */
export interface Failure {
  readonly class: FailureClass;
  /** What was tried, on what, and what came back, in plain words. Holds no secret. */
  readonly message: string;
  /** Which server is meant; absent when the failure is about a scene, an item or ourselves. */
  readonly peer?: Peer;
  /** What a person can do; the class's own advice is used when absent. */
  readonly advice?: string;
  /** How long the server asked us to wait. */
  readonly retryAfterMs?: number;
  /** The server, or a proxy before it, takes no request of this length. */
  readonly isTooLong?: true;
  readonly candidates?: readonly Candidate[];
}

/** What the queue does with a job that failed. */
export type Answer =
  /** Back to pending with backoff; becomes a dead letter when counted attempts are used up. */
  | 'retry'
  /** Like `retry`, and looked at again at once when the index, the path maps or a scan change. */
  | 'wait'
  /** A dead letter at once: another attempt would say the same. */
  | 'dead'
  /** The job stays pending; all work stops until the cause is gone, probed each minute. */
  | 'pause'
  /** All writing stops until a person says how to go on. */
  | 'stop'
  /** Looked at again at once, with what was found out about its item. */
  | 'look-again';

export interface FailurePolicy {
  readonly answer: Answer;
  /** Whether it uses up one of `max_retries`. */
  readonly countsAttempt: boolean;
  /** Whether it counts against the breaker of its peer. */
  readonly tripsBreaker: boolean;
  /** Heading in lists of dead letters. */
  readonly title: string;
  /** What a person can do about it. */
  readonly advice: string;
}

export const FAILURE_POLICIES: { readonly [Class in FailureClass]: FailurePolicy } = {
  unreachable: {
    answer: 'retry',
    countsAttempt: false,
    tripsBreaker: true,
    title: 'Server unreachable',
    advice: 'Nothing to do: the job is done as soon as the server answers again.',
  },
  auth: {
    answer: 'pause',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Sign-in refused',
    advice:
      'Correct the token or API key in the settings. A service has to be restarted then; the plugin goes on by itself.',
  },
  settings: {
    answer: 'pause',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Settings do not fit',
    advice:
      'Correct the setting that the message names. A service has to be restarted then; the plugin goes on by itself.',
  },
  'no-match': {
    answer: 'wait',
    countsAttempt: true,
    tripsBreaker: false,
    title: 'Not in Plex',
    advice:
      'Let Plex scan the folder that holds the file, or check the path maps. The scene is synced by itself once Plex knows its file.',
  },
  ambiguous: {
    answer: 'dead',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Several items match',
    advice:
      'Choose one with `plexsync pin`. Or remove the duplicate from Plex, or let the path maps tell the copies apart, then retry.',
  },
  contested: {
    answer: 'dead',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Item belongs to another scene',
    advice:
      'Split the item in Plex, or merge the scenes in Stash, then retry. `plexsync pin` gives the item to this scene.',
  },
  rejected: {
    answer: 'retry',
    countsAttempt: true,
    tripsBreaker: false,
    title: 'Refused by Plex or Stash',
    advice: 'Read the reason; when it is mended, retry.',
  },
  'item-gone': {
    answer: 'look-again',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Item gone',
    advice: 'Nothing to do: the scene is matched anew.',
  },
  'not-syncable': {
    answer: 'dead',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Cannot be in Plex',
    advice: 'Nothing to do, unless the scene should have a file of its own.',
  },
  'server-changed': {
    answer: 'stop',
    countsAttempt: false,
    tripsBreaker: false,
    title: 'Another Plex server',
    advice: 'Correct plex_url, or run `plexsync adopt-server` if the new server is meant.',
  },
  unexpected: {
    answer: 'retry',
    countsAttempt: true,
    tripsBreaker: false,
    title: 'Unexpected error',
    advice: 'This is a bug in PlexSync: please report it with the log lines of this job.',
  },
};

export const FAILURE_CLASSES = Object.keys(FAILURE_POLICIES) as readonly FailureClass[];

/** For values that are a thing, or the reason why just this one could not be read. */
export const isFailure = (value: object | null): value is Failure => value !== null && 'class' in value;

/** The advice of this failure, or of its class. */
export function adviceOf(failure: Failure): string {
  return failure.advice ?? FAILURE_POLICIES[failure.class].advice;
}
