import { durationInWords } from '../../core/quantityInWords.ts';
import { remainingMs } from '../../core/reconcile/progress.ts';
import type { Status } from '../../engine/operations.ts';
import { cutToWidth } from './displayWidth.ts';

/** How far work was when it was first seen; of the two parts of it the one that goes on now. */
export interface Progress {
  readonly part: 'compare' | 'look';
  readonly from: { readonly done: number; readonly at: number };
  readonly done: number;
  /** Null while Stash has not told. */
  readonly total: number | null;
}

/** A comparison first goes through all scenes; then the ones it has queued are looked at, one by one. */
export function nextProgress(
  before: Progress | null,
  { reconcile, queue }: Pick<Status, 'reconcile' | 'queue'>,
  now: number,
): Progress {
  const { running } = reconcile;
  if (running !== null)
    return going(before, { part: 'compare', done: running.counts.scenes, total: running.total, now });
  const left = queue.pending + queue.running;
  const isGoingOn = before?.part === 'look' && before.total !== null && before.total - before.done >= left;
  const total = isGoingOn ? before.total : left;
  return going(isGoingOn ? before : null, { part: 'look', done: total - left, total, now });
}

function going(
  before: Progress | null,
  { part, done, total, now }: Pick<Progress, 'part' | 'done' | 'total'> & { readonly now: number },
): Progress {
  const from = before?.part === part ? before.from : { done, at: now };
  return { part, from, done, total };
}

const WORDS = { compare: 'scenes compared', look: 'scenes looked at' } as const;
const BAR = 20;

/** `[########            ]  40 %  1204 of 3010 scenes compared, 3 minutes left`, on one line of the terminal. */
export function progressLine({ part, from, done, total }: Progress, now: number, width: number): string {
  if (total === null || total === 0) return cutToWidth('Plex’s libraries are read …', width - 1);
  const share = Math.min(1, done / total);
  const filled = Math.floor(share * BAR);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}]`;
  const percent = `${Math.floor(100 * share)}`.padStart(3);
  const leftMs = remainingMs({ from, done, total, now });
  const left = leftMs === null ? '' : `, ${durationInWords(leftMs)} left`;
  // One column stays free: some terminals begin a new line after the last one.
  return cutToWidth(`${bar} ${percent} %  ${done} of ${total} ${WORDS[part]}${left}`, width - 1);
}
