import type { Command } from 'commander';
import { failingReason } from '../../core/breaker.ts';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass, type Peer } from '../../core/failure.ts';
import { SKIP_REASON_NAMES, SKIP_REASONS } from '../../core/images/cover.ts';
import { tallyWords } from '../../core/planning/tally.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Status } from '../../engine/operations.ts';
import { failureWords } from '../output/failureWords.ts';
import { hangingText } from '../output/hangingText.ts';
import type { Style } from '../output/paint.ts';
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
        return { json: status, text: statusText(status, run.context.now(), run.output) };
      }),
    );
}

type Line = readonly [name: string, words: string];

function statusText(status: Status, now: number, { width, paint }: Run['output']): string {
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
    ...firstSyncLine(status),
    ['Links', counted(status.links, 'scene file')],
    ...skippedLines(status),
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
  const indent = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines
    .map(([name, words]) => {
      const label = name.padEnd(indent);
      const style = LOUD[name];
      return `${style === undefined ? label : paint(style, label)}${hangingText(visibleText(words), { indent, width })}`;
    })
    .join('\n');
}

/** What nobody should overlook. */
const LOUD: Readonly<Record<string, Style>> = {
  'NOT SET UP': 'bad',
  STOPPED: 'bad',
  PAUSED: 'bad',
  Warning: 'doubtful',
};

const deadLine = (kind: FailureClass, count = 0): readonly Line[] =>
  count === 0 ? [] : [['', `${FAILURE_POLICIES[kind].title}: ${count}`]];

const logLine = (daemon: Status['daemon']): readonly Line[] =>
  daemon === null || daemon.logFile === null ? [] : [['Log', daemon.logFile]];

function firstSyncLine({ firstSync }: Status): readonly Line[] {
  if (firstSync === null) return [];
  const { report } = firstSync;
  const words =
    report === null
      ? 'asks before it writes: `plexsync sync --all` finds out what would change'
      : `waits for your word (plexsync first-sync): ${tallyWords(report.tally)}`;
  return [['First sync', words]];
}

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

/** A scene without a cover is nothing to be told of. */
const TOLD_SKIPS = SKIP_REASON_NAMES.filter((reason) => reason !== 'no-cover');

const skippedLines = ({ imagesSkipped }: Status): readonly Line[] =>
  TOLD_SKIPS.flatMap((reason): readonly Line[] => {
    const images = imagesSkipped[reason] ?? 0;
    return images === 0 ? [] : [['Not sent', `${counted(images, 'image')}: ${SKIP_REASONS[reason]}`]];
  });

function libraryWords({ title, items, listedAt }: Status['index'][number], now: number): string {
  const listed = listedAt === null ? 'not completely read yet' : `completely read ${ago(listedAt, now)}`;
  return `${title}: ${counted(items, 'item')}, ${listed}`;
}

const supportWords = (support: number): string =>
  support === 0 ? '' : ` (seen in ${counted(support, 'file')})`;
