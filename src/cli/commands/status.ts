import type { Command } from 'commander';
import type { Breaker } from '../../core/breaker.ts';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass } from '../../core/failure.ts';
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
    ['Plex', breakerWords(status.breakers.plex, now)],
    ['Stash', breakerWords(status.breakers.stash, now)],
    ['Queue', queueWords(status, now)],
    ...FAILURE_CLASSES.flatMap((kind) => deadLine(kind, status.queue.deadByClass[kind])),
    ...status.index.map((section): Line => ['Library', libraryWords(section, now)]),
    ...status.pathMaps.map(
      ({ from, to, support }): Line => ['Path map', `${from} => ${to}${supportWords(support)}`],
    ),
    ['Reconcile', reconcileWords(status.reconcile, now)],
    ['Links', counted(status.links, 'scene file')],
    [
      'Last look',
      status.lastPollAt === null ? 'none yet' : `${ago(status.lastPollAt, now)}, at both servers`,
    ],
    ['Data', status.dataDir],
    ['Inbox', status.inboxDir],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, words]) => `${name.padEnd(width)}  ${visibleText(words)}`).join('\n');
}

const deadLine = (kind: FailureClass, count = 0): readonly Line[] =>
  count === 0 ? [] : [['', `${FAILURE_POLICIES[kind].title}: ${count}`]];

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

function breakerWords(breaker: Breaker, now: number): string {
  if (breaker.state === 'closed') {
    return breaker.failuresInRow === 0 ? 'ok' : `${counted(breaker.failuresInRow, 'failure')} in a row`;
  }
  const since = durationInWords(now - breaker.openedAt);
  return `unreachable for ${since}, next try ${dueIn(breaker.probeAt, now)}: ${breaker.reason}`;
}

function queueWords({ queue }: Status, now: number): string {
  const oldest = queue.oldestPendingAt === null ? '' : ` (oldest ${ago(queue.oldestPendingAt, now)})`;
  return `${queue.pending} pending${oldest}, ${queue.running} running, ${queue.waiting} waiting for Plex, ${counted(queue.dead, 'dead letter')}`;
}

function libraryWords({ title, items, listedAt }: Status['index'][number], now: number): string {
  const listed = listedAt === null ? 'not completely read yet' : `completely read ${ago(listedAt, now)}`;
  return `${title}: ${counted(items, 'item')}, ${listed}`;
}

const supportWords = (support: number): string =>
  support === 0 ? '' : ` (seen in ${counted(support, 'file')})`;
