import type { Breaker } from '../../core/breaker.ts';
import type { Status } from '../../engine/operations.ts';
import type { ExitReason } from '../exitCode.ts';
import type { Answer } from '../run.ts';
import { counted } from './timeInWords.ts';

/** After a command has worked off the queue itself: what it could not do, and why. */
export function leftToDo(status: Status): Required<Answer> {
  const { pending, waiting, dead } = status.queue;
  const left = [
    ...(pending > 0 ? [`${counted(pending, 'job')} to be tried again (plexsync queue)`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'job')} waiting for Plex`] : []),
    ...(dead > 0 ? [`${counted(dead, 'dead letter')} (plexsync dead)`] : []),
  ];
  const words = left.length === 0 ? 'Nothing is left to do.' : `Left: ${left.join(', ')}.`;
  return { json: { pending, waiting, dead }, text: words + hindranceWords(status), exit: exitOf(status) };
}

function hindranceWords({ stop, pauses: [pause] }: Status): string {
  if (stop !== null) return ` Stopped: ${stop.reason} ${stop.advice}`;
  return pause === undefined ? '' : ` Paused: ${pause.failure.message}`;
}

/** No daemon runs that would try again: what is pending is not done. */
function exitOf({ queue, breakers, stop, pauses }: Status): ExitReason {
  if (stop !== null || pauses.length > 0) return 'failed';
  if (queue.pending === 0) return 'done';
  return Object.values(breakers).some(isFailing) ? 'unreachable' : 'failed';
}

const isFailing = (breaker: Breaker): boolean => breaker.state === 'open' || breaker.failuresInRow > 0;
