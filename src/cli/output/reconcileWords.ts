import type { ReconcileCounts } from '../../core/reconcile/progress.ts';
import type { ReconcileStatus } from '../../engine/reconcile.ts';
import { ago, counted, dueIn, durationInWords } from './timeInWords.ts';

/** The line of `plexsync status` about the comparison of everything. */
export function reconcileWords({ running, last, nextAt }: ReconcileStatus, now: number): string {
  if (running !== null) return runningWords(running);
  const lastWords =
    last === null
      ? 'none yet'
      : `${ago(last.endedAt, now)}${last.outcome === 'cancelled' ? ', cancelled' : ''}: ${countWords(last.counts)}`;
  return nextAt === null ? lastWords : `${lastWords}; next ${dueIn(nextAt, now)}`;
}

function runningWords({
  startedAt,
  total,
  counts,
  remainingMs,
  failure,
}: NonNullable<ReconcileStatus['running']>): string {
  if (failure !== null) return `waits: ${failure.message}`;
  if (startedAt === null || total === null) return 'about to begin: Plex’s libraries are read';
  const share = total === 0 ? 100 : Math.min(100, Math.floor((100 * counts.scenes) / total));
  const left = remainingMs === null ? '' : `, ${durationInWords(remainingMs)} left`;
  return `runs: ${counts.scenes} of ${counted(total, 'scene')} (${share} %)${left}; ${counts.queued} queued`;
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
