import type { Breaker } from '../breaker.ts';
import { adviceOf, FAILURE_POLICIES, type Failure, type FailureClass, type Peer } from '../failure.ts';
import { counted, durationInWords } from '../quantityInWords.ts';
import { type Rest, restWords } from '../reconcile/rest.ts';
import { type Finding, fine, problem, warning } from './finding.ts';

export interface WorkFacts {
  readonly enabled: boolean;
  readonly dryRun: boolean;
  readonly stop: { readonly reason: string; readonly advice: string } | null;
  readonly pauses: readonly { readonly failure: Failure }[];
  readonly breakers: Readonly<Record<Peer, Breaker>>;
  /** Many scenes were destroyed at once; null when they were not. */
  readonly destroyed: { readonly found: string; readonly advice: string } | null;
  /** The first sync only counts, until a person accepts it. */
  readonly asksFirst: boolean;
  /** Why comparisons of everything rest. */
  readonly rest: Rest | null;
  readonly hasDaemon: boolean;
  readonly queue: {
    readonly pending: number;
    readonly running: number;
    readonly waiting: number;
    readonly dead: number;
    readonly deadByClass: Partial<Record<FailureClass, number>>;
    /** Since when the oldest pending job is there; null when none is. */
    readonly oldestPendingAt: number | null;
  };
}

export function workFindings(facts: WorkFacts, now: number): readonly Finding[] {
  return [queueFinding(facts, now), deadFinding(facts.queue), ...hindranceFindings(facts)];
}

/** A first sync may take as long; anything else is looked at within seconds. */
const LONG_MS = 60 * 60 * 1000;

function queueFinding({ queue, hasDaemon, ...work }: WorkFacts, now: number): Finding {
  const { pending, running, waiting, oldestPendingAt } = queue;
  if (pending === 0) return fine('Queue', `nothing is pending, ${waiting} waiting for Plex`);
  const ageMs = oldestPendingAt === null ? 0 : Math.max(0, now - oldestPendingAt);
  const found = `${counted(pending, 'job')} pending, the oldest for ${durationInWords(ageMs)}`;
  // Why they wait is told by what hinders work.
  if (ageMs < LONG_MS || running > 0 || !hasDaemon || hindranceFindings(work).some(isNotFine)) {
    return fine('Queue', found);
  }
  return warning('Queue', `${found}.`, '`plexsync queue` says what keeps them.');
}

const isNotFine = ({ state }: Finding): boolean => state !== 'ok';

function deadFinding({ dead, deadByClass }: WorkFacts['queue']): Finding {
  if (dead === 0) return fine('Dead letters', 'none');
  const kinds = Object.entries(deadByClass).map(
    ([kind, count]) => `${FAILURE_POLICIES[kind as FailureClass].title}: ${count}`,
  );
  return warning(
    'Dead letters',
    `${counted(dead, 'scene')} for a person to look at (${kinds.join(', ')}).`,
    '`plexsync dead` says what to do about each.',
  );
}

function hindranceFindings(
  facts: Pick<
    WorkFacts,
    'enabled' | 'dryRun' | 'stop' | 'pauses' | 'breakers' | 'destroyed' | 'asksFirst' | 'rest'
  >,
): readonly Finding[] {
  const { enabled, dryRun, stop, pauses, breakers, destroyed, asksFirst, rest } = facts;
  const found = [
    ...(stop === null ? [] : [problem('Work', `stopped: ${stop.reason}`, stop.advice)]),
    ...pauses.map(({ failure }) => problem('Work', `waits: ${failure.message}`, adviceOf(failure))),
    ...Object.values(breakers).flatMap((breaker) =>
      breaker.state === 'open'
        ? [problem('Work', `waits: ${breaker.reason}`, 'Nothing to do once the server answers.')]
        : [],
    ),
    ...(destroyed === null ? [] : [warning('Work', destroyed.found, destroyed.advice)]),
    ...(asksFirst
      ? [
          warning(
            'Work',
            'the first sync writes nothing until you accept it; single edits arrive',
            '`plexsync first-sync` shows what would change, and `plexsync first-sync --run` writes it.',
          ),
        ]
      : []),
    // The others end by themselves.
    ...(rest?.kind === 'paused'
      ? [
          warning(
            'Work',
            `the comparison of everything ${restWords(rest)}`,
            'Let it go on, if that was not meant.',
          ),
        ]
      : []),
    ...(enabled ? [] : [warning('Work', 'switched off', 'Set enabled to have changes written.')]),
    ...(dryRun
      ? [warning('Work', 'a dry run: nothing is written', 'Unset dry_run to have changes written.')]
      : []),
  ];
  return found.length > 0 ? found : [fine('Work', 'nothing stands in the way')];
}
