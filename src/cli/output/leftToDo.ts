import type { Status } from '../../engine/operations.ts';
import type { Answer } from '../run.ts';
import { counted } from './timeInWords.ts';

/** After a command has worked off the queue itself: what it could not do, and why. */
export function leftToDo({ queue, breakers, pauses, stop }: Status): Required<Answer> {
  const { pending, waiting, dead } = queue;
  const isAnyPeerDown = breakers.plex.state === 'open' || breakers.stash.state === 'open';
  const [pause] = pauses;
  const hindrance =
    stop !== null
      ? ` Stopped: ${stop.reason} ${stop.advice}`
      : pause !== undefined
        ? ` Paused: ${pause.failure.message}`
        : '';
  const left = [
    ...(pending > 0 ? [`${counted(pending, 'job')} to be tried again`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'job')} waiting for Plex`] : []),
    ...(dead > 0 ? [`${counted(dead, 'dead letter')} (plexsync dead)`] : []),
  ];
  return {
    json: { pending, waiting, dead },
    text: `${left.length === 0 ? 'Nothing is left to do.' : `Left: ${left.join(', ')}.`}${hindrance}`,
    exit: hindrance !== '' ? 'failed' : pending > 0 && isAnyPeerDown ? 'unreachable' : 'done',
  };
}
