import { failingReason } from '../../core/breaker.ts';
import { hindranceWords } from '../../core/hindrance.ts';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Status } from '../../engine/operations.ts';
import type { ExitReason } from '../exitCode.ts';
import type { Answer } from '../run.ts';

interface Left extends Required<Answer> {
  readonly json: Readonly<Record<'pending' | 'waiting' | 'dead', number>>;
}

/** After a command has worked off the queue itself: what it could not do, and why. */
export function leftToDo(status: Status): Left {
  const { pending, waiting, dead } = status.queue;
  const left = [
    ...(pending > 0 ? [`${counted(pending, 'job')} to be tried again (plexsync queue)`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'job')} waiting for Plex`] : []),
    ...(dead > 0 ? [`${counted(dead, 'dead letter')} (plexsync dead)`] : []),
  ];
  const words = left.length === 0 ? 'Nothing is left to do.' : `Left: ${left.join(', ')}.`;
  const why = hindranceWords(status);
  return {
    json: { pending, waiting, dead },
    text: visibleText(why === null ? words : `${words} ${why}`),
    exit: exitOf(status),
  };
}

/** No daemon runs that would try again: what is pending is not done. */
function exitOf({ queue, breakers, stop, pauses }: Status): ExitReason {
  if (stop !== null || pauses.length > 0) return 'failed';
  if (queue.pending === 0) return 'done';
  const isUnanswered = Object.values(breakers).some((breaker) => failingReason(breaker) !== null);
  return isUnanswered ? 'unreachable' : 'failed';
}
