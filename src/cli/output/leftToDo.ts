import type { Breaker } from '../../core/breaker.ts';
import type { Status } from '../../engine/operations.ts';
import type { ExitReason } from '../exitCode.ts';
import type { Answer } from '../run.ts';
import { counted } from './timeInWords.ts';

/** After a command has worked off the queue itself: what it could not do, and why. */
export function leftToDo({ queue, breakers, pauses, stop }: Status): Required<Answer> {
  const { pending, waiting, dead } = queue;
  const isAnyPeerDown = Object.values(breakers).some(isFailing);
  const [pause] = pauses;
  const hindrance =
    stop !== null
      ? ` Stopped: ${stop.reason} ${stop.advice}`
      : pause !== undefined
        ? ` Paused: ${pause.failure.message}`
        : '';
  const left = [
    ...(pending > 0 ? [`${counted(pending, 'job')} to be tried again (plexsync queue)`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'job')} waiting for Plex`] : []),
    ...(dead > 0 ? [`${counted(dead, 'dead letter')} (plexsync dead)`] : []),
  ];
  return {
    json: { pending, waiting, dead },
    text: `${left.length === 0 ? 'Nothing is left to do.' : `Left: ${left.join(', ')}.`}${hindrance}`,
    exit: exitOf({ isHindered: hindrance !== '', isPending: pending > 0, isAnyPeerDown }),
  };
}

const isFailing = (breaker: Breaker): boolean => breaker.state === 'open' || breaker.failuresInRow > 0;

/** No daemon runs that would try again: what is pending is not done. */
function exitOf(left: { isHindered: boolean; isPending: boolean; isAnyPeerDown: boolean }): ExitReason {
  if (left.isHindered) return 'failed';
  if (!left.isPending) return 'done';
  return left.isAnyPeerDown ? 'unreachable' : 'failed';
}
