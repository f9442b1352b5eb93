import { counted, durationInWords } from '../../core/quantityInWords.ts';
import type { ReconcileCounts } from '../../core/reconcile/progress.ts';
import { restWords } from '../../core/reconcile/rest.ts';
import { ago, dueIn } from '../../core/words/timeInWords.ts';
import type { ReconcileStatus } from '../reconcile.ts';

/** The line of `plexsync status` about the comparison of everything. */
export function reconcileWords({ running, rest, last, nextAt }: ReconcileStatus, now: number): string {
  if (rest !== null) {
    const since = rest.kind === 'paused' ? ` (since ${durationInWords(now - rest.since)})` : '';
    const how = running === null ? lastWords(last, now) : progressWords(running);
    return `${restWords(rest)}${since}; ${how}`;
  }
  if (running !== null) return runningWords(running);
  return nextAt === null ? lastWords(last, now) : `${lastWords(last, now)}; next ${dueIn(nextAt, now)}`;
}

const lastWords = (last: ReconcileStatus['last'], now: number): string =>
  last === null
    ? 'none yet'
    : `${ago(last.endedAt, now)}${last.outcome === 'cancelled' ? ', cancelled' : ''}: ${countWords(last.counts)}`;

type Running = NonNullable<ReconcileStatus['running']>;

function runningWords(running: Running): string {
  const { startedAt, total, failure, survey } = running;
  if (failure !== null) return `waits: ${failure.message}`;
  if (startedAt === null || total === null) return 'about to begin: Plex’s libraries are read';
  return `runs${survey === null ? '' : ' and writes nothing'}: ${progressWords(running)}`;
}

function progressWords({ startedAt, total, counts, remainingMs, survey }: Running): string {
  if (startedAt === null || total === null) return 'not begun';
  const share = total === 0 ? 100 : Math.min(100, Math.floor((100 * counts.scenes) / total));
  const left = remainingMs === null ? '' : `, ${durationInWords(remainingMs)} left`;
  const found = survey === null ? `${counts.queued} queued` : `${survey.wouldChange} would change`;
  return `${counts.scenes} of ${counted(total, 'scene')} (${share} %)${left}; ${found}`;
}

function countWords(counts: ReconcileCounts): string {
  const { scenes, inStep, queued, notInPlex, needPerson, leftOut, held, destroyed } = counts;
  return [
    `${counted(scenes, 'scene')}, ${inStep} in step, ${queued} looked at`,
    ...(notInPlex > 0 ? [`${notInPlex} not in Plex`] : []),
    ...(needPerson > 0 ? [`${needPerson} for a person`] : []),
    ...(held > 0 ? [`${held} held`] : []),
    ...(leftOut > 0 ? [`${leftOut} left out`] : []),
    ...(destroyed > 0 ? [`${destroyed} destroyed`] : []),
  ].join(', ');
}
