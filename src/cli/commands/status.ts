import type { Command } from 'commander';
import { failingReason } from '../../core/breaker.ts';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass, type Peer } from '../../core/failure.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Status } from '../../engine/operations.ts';
import { failureWords } from '../output/failureWords.ts';
import { reconcileWords } from '../output/reconcileWords.ts';
import { ago, counted, dueIn, durationInWords } from '../output/timeInWords.ts';
import type { Run } from '../run.ts';

export function addStatusCommand(program: Command, run: Run): void {
  program
    .command('status')
    .description('show how it goes: servers, queue, libraries')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const status = await operations.status();
        return { json: status, text: statusText(status, run.context.now()) };
      }),
    );
}

type Line = readonly [name: string, words: string];

function statusText(status: Status, now: number): string {
  const lines: readonly Line[] = [
    ['Daemon', daemonWords(status, now)],
    ...(status.setup?.problems ?? []).map((words): Line => ['NOT SET UP', words]),
    ['Writing', writingWords(status)],
    ...hindrances(status, now),
    ...status.warnings.map((words): Line => ['Warning', words]),
    ['Plex', peerWords('plex', status, now)],
    ['Stash', peerWords('stash', status, now)],
    ['Queue', queueWords(status, now)],
    ...FAILURE_CLASSES.flatMap((kind) => deadLine(kind, status.queue.deadByClass[kind])),
    ...status.index.map((section): Line => ['Library', libraryWords(section, now)]),
    ...status.pathMaps.map(
      ({ from, to, support }): Line => ['Path map', `${from} => ${to}${supportWords(support)}`],
    ),
    ['Reconcile', reconcileWords(status.reconcile, now)],
    ['Links', counted(status.links, 'scene file')],
    ...(status.held === 0 ? [] : [['Held', `${counted(status.held, 'scene')} (plexsync holds)`] as const]),
    ...(status.openUndos === 0
      ? []
      : [['Undo', `${counted(status.openUndos, 'write')} still to be undone`] as const]),
    [
      'Last look',
      status.lastPollAt === null ? 'none yet' : `${ago(status.lastPollAt, now)}, at both servers`,
    ],
    ['Data', status.dataDir],
    ['Inbox', status.inboxDir],
    ...logLine(status.daemon),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, words]) => `${name.padEnd(width)}  ${visibleText(words)}`).join('\n');
}

const deadLine = (kind: FailureClass, count = 0): readonly Line[] =>
  count === 0 ? [] : [['', `${FAILURE_POLICIES[kind].title}: ${count}`]];

const logLine = (daemon: Status['daemon']): readonly Line[] =>
  daemon === null || daemon.logFile === null ? [] : [['Log', daemon.logFile]];

function daemonWords({ daemon, version }: Status, now: number): string {
  if (daemon === null) return `not running (PlexSync ${version})`;
  return `PlexSync ${version}, process ${daemon.pid}, running for ${durationInWords(now - daemon.startedAt)}`;
}

function writingWords({ enabled, dryRun }: Status): string {
  if (!enabled) return 'off (enabled is false)';
  return dryRun ? 'off (dry_run is true)' : 'on';
}

function hindrances({ stop, pauses }: Status, now: number): readonly Line[] {
  return [
    ...(stop === null
      ? []
      : [['STOPPED', `${ago(stop.since, now)}: ${stop.reason} ${stop.advice}`] as const]),
    ...pauses.map(({ failure, since }): Line => ['PAUSED', `${ago(since, now)}: ${failureWords(failure)}`]),
  ];
}

function peerWords(peer: Peer, status: Status, now: number): string {
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

function queueWords({ queue }: Status, now: number): string {
  const oldest = queue.oldestPendingAt === null ? [] : [`oldest ${ago(queue.oldestPendingAt, now)}`];
  const facts = [...(queue.bulk === 0 ? [] : [`${queue.bulk} of them in bulk`]), ...oldest];
  const more = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${queue.pending} pending${more}, ${queue.running} running, ${queue.waiting} waiting for Plex, ${counted(queue.dead, 'dead letter')}`;
}

function libraryWords({ title, items, listedAt }: Status['index'][number], now: number): string {
  const listed = listedAt === null ? 'not completely read yet' : `completely read ${ago(listedAt, now)}`;
  return `${title}: ${counted(items, 'item')}, ${listed}`;
}

const supportWords = (support: number): string =>
  support === 0 ? '' : ` (seen in ${counted(support, 'file')})`;
