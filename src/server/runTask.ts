import { adviceWords, type Finding } from '../core/doctor/finding.ts';
import { adviceOf, FAILURE_POLICIES, type Failure } from '../core/failure.ts';
import { hindranceWords } from '../core/hindrance.ts';
import { tallyWords } from '../core/planning/tally.ts';
import { comparisonCaveat, restWords } from '../core/reconcile/rest.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Operations, Status } from '../engine/operations.ts';
import type { TaskName } from './tasks.ts';

const RECENT_MS = 24 * 60 * 60 * 1000;

/** One JSON object; `message` says it in a sentence, without titles and paths: it goes to Stash's log. */
export interface TaskOutput {
  readonly message: string;
  /** What follows in Stash's log, a line each. */
  readonly lines?: readonly string[];
  readonly [fact: string]: unknown;
}

export async function runTask(task: TaskName, operations: Operations): Promise<Result<TaskOutput, string>> {
  switch (task) {
    case 'sync-all': {
      const queued = await operations.sync({ kind: 'all' });
      if (!queued.ok) return fail(refusalWords(queued.failure));
      const { scenes } = queued.value;
      const what = scenes === null ? 'every scene' : `all ${scenes} scenes`;
      const message = `PlexSync looks at ${what} ${await fromWhenOn(operations, { isComparison: true })}`;
      return succeed({ message, ...queued.value });
    }
    case 'sync-recent': {
      const queued = await operations.sync({ kind: 'recent', sinceMs: RECENT_MS });
      if (!queued.ok) return fail(refusalWords(queued.failure));
      const { added, coalesced } = queued.value;
      const message = `PlexSync looks at ${added + coalesced} scenes changed in the last 24 hours, ${coalesced} of which were waiting already, ${await fromWhenOn(operations)}`;
      return succeed({ message, ...queued.value });
    }
    case 'reconcile': {
      const queued = await operations.reconcile();
      if (!queued.ok) return fail(refusalWords(queued.failure));
      const message = `PlexSync lists Plex anew and compares everything ${await fromWhenOn(operations, { isComparison: true })}`;
      return succeed({ message, ...queued.value });
    }
    case 'run-first-sync': {
      const started = await operations.runFirstSync();
      if (!started.ok) return fail(refusalWords(started.failure));
      const message = started.value.wasAsking
        ? `PlexSync compares everything and writes what differs ${await fromWhenOn(operations, { isComparison: true })}`
        : 'PlexSync: the first sync was accepted already.';
      return succeed({ message, ...started.value });
    }
    case 'pause-reconcile': {
      const paused = await operations.pauseReconcile();
      return succeed({ message: 'PlexSync lets comparisons rest until “Resume comparisons”.', ...paused });
    }
    case 'resume-reconcile': {
      const resumed = await operations.resumeReconcile();
      return succeed({ message: 'PlexSync lets comparisons go on.', ...resumed });
    }
    case 'retry-dead': {
      const queued = await operations.retry({ kind: 'all' });
      if (!queued.ok) return fail(refusalWords(queued.failure));
      const { retried } = queued.value;
      const message = `PlexSync gives ${retried} dead letters another try ${await fromWhenOn(operations)}`;
      return succeed({ message, retried });
    }
    case 'clear-dead': {
      const { cleared } = await operations.clearDead({ kind: 'all' });
      return succeed({ message: `PlexSync removed ${cleared} dead letters.`, cleared });
    }
    case 'clear-queue': {
      const { cleared } = await operations.clearQueue();
      return succeed({ message: `PlexSync removed ${cleared} jobs from its queue.`, cleared });
    }
    case 'status': {
      const status = await operations.status();
      return succeed({ message: statusSentence(status), ...status });
    }
    case 'doctor':
      return succeed(doctorOutput(await operations.doctor()));
  }
}

/** Findings stand in columns elsewhere; in one line with an advice they need an end. */
const asSentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

function doctorOutput(findings: readonly Finding[]): TaskOutput {
  const wrong = findings.filter(({ state }) => state !== 'ok');
  const message =
    wrong.length === 0
      ? `PlexSync is well: all ${findings.length} things that its doctor looked at are fine.`
      : `PlexSync’s doctor: ${findings.length - wrong.length} things are fine, ${wrong.length} are to be looked at:`;
  const lines = wrong.map(
    ({ name, state, found, advice }) =>
      `PlexSync ${state === 'problem' ? '✗' : '!'} ${name}: ${asSentence(found)}${advice === null ? '' : ` ${adviceWords(advice)}`}`,
  );
  return { message, lines, findings };
}

/** Ends the sentence; what work waits for, and whether a comparison of everything may write, are others. */
async function fromWhenOn(
  operations: Operations,
  { isComparison = false }: { readonly isComparison?: boolean } = {},
): Promise<string> {
  const status = await operations.status();
  const why = hindranceWords(status);
  const caveat = isComparison ? comparisonCaveat(status) : null;
  return [why === null ? 'from now on.' : `as soon as it can. ${why}`, caveat]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

const refusalWords = (failure: Failure): string => `${failure.message} ${adviceOf(failure)}`;

function statusSentence(status: Status): string {
  const { pending, running, waiting, dead } = status.queue;
  const kinds = Object.entries(status.queue.deadByClass).map(
    ([kind, count]) => `${FAILURE_POLICIES[kind as keyof typeof FAILURE_POLICIES].title}: ${count}`,
  );
  const deadWords =
    kinds.length === 0 ? `${dead} dead letters` : `${dead} dead letters (${kinds.join(', ')})`;
  return `PlexSync ${status.version} is ${stateWords(status)}: ${pending + running} scenes to look at, ${waiting} waiting for Plex, ${deadWords}, ${status.links} linked.${moreWords(status)}`;
}

function moreWords({ firstSync, reconcile }: Status): string {
  const { rest } = reconcile;
  const resting = rest === null ? '' : ` The comparison of everything ${restWords(rest)}.`;
  if (firstSync === null) return resting;
  const found = firstSync.report === null ? '' : ` ${tallyWords(firstSync.report.tally)}.`;
  return `${resting} The first sync asks before it writes.${found}`;
}

function stateWords(status: Status): string {
  if (status.setup !== null) return 'not set up';
  if (status.stop !== null) return 'stopped';
  if (!status.enabled) return 'switched off';
  if (status.pauses.length > 0) return 'paused';
  const away = Object.entries(status.breakers).filter(([, breaker]) => breaker.state === 'open');
  if (away.length > 0)
    return `waiting for ${away.map(([peer]) => (peer === 'plex' ? 'Plex' : 'Stash')).join(' and ')}`;
  return status.dryRun ? 'in a dry run' : 'running';
}
