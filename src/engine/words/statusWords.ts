import { failingReason } from '../../core/breaker.ts';
import type { Peer } from '../../core/failure.ts';
import { counted, durationInWords } from '../../core/quantityInWords.ts';
import { ago, dueIn } from '../../core/words/timeInWords.ts';
import type { Status } from '../operations.ts';

export function daemonWords({ daemon, version }: Status, now: number): string {
  if (daemon === null) return `not running (PlexSync ${version})`;
  return `PlexSync ${version}, process ${daemon.pid}, running for ${durationInWords(now - daemon.startedAt)}`;
}

export function writingWords({ enabled, dryRun }: Status): string {
  if (!enabled) return 'off (enabled is false)';
  return dryRun ? 'off (dry_run is true)' : 'on';
}

export function peerWords(peer: Peer, status: Status, now: number): string {
  const breaker = status.breakers[peer];
  if (breaker.state === 'open') {
    const since = durationInWords(now - breaker.openedAt);
    return `unreachable for ${since}, next try ${dueIn(breaker.probeAt, now)}: ${breaker.reason}`;
  }
  const reason = failingReason(breaker);
  if (reason !== null) return `${counted(breaker.failuresInRow, 'failure')} in a row: ${reason}`;
  if (status.pauses.some(({ failure }) => failure.peer === peer))
    return 'answers, and work waits: see PAUSED';
  if (status.hasAnswered[peer]) return 'ok';
  return status.lastPollAt === null
    ? 'not asked yet'
    : `not asked now; answered ${ago(status.lastPollAt, now)}`;
}

export function queueWords({ queue }: Status, now: number): string {
  const oldest = queue.oldestPendingAt === null ? [] : [`oldest ${ago(queue.oldestPendingAt, now)}`];
  const facts = [...(queue.bulk === 0 ? [] : [`${queue.bulk} of them in bulk`]), ...oldest];
  const more = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${queue.pending} pending${more}, ${queue.running} running, ${queue.waiting} waiting for Plex, ${counted(queue.dead, 'dead letter')}`;
}

export function libraryWords({ title, items, listedAt }: Status['index'][number], now: number): string {
  const listed = listedAt === null ? 'not completely read yet' : `completely read ${ago(listedAt, now)}`;
  return `${title}: ${counted(items, 'item')}, ${listed}`;
}

/** How many files a learned path map was seen in; nothing of one that was given. */
export const supportWords = (support: number): string =>
  support === 0 ? '' : ` (seen in ${counted(support, 'file')})`;
