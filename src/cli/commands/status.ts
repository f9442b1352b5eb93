import type { Command } from 'commander';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass } from '../../core/failure.ts';
import { SKIP_REASON_NAMES, SKIP_REASONS } from '../../core/images/cover.ts';
import { tallyWords } from '../../core/planning/tally.ts';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import { failureWords } from '../../core/words/failureWords.ts';
import { ago } from '../../core/words/timeInWords.ts';
import type { Status } from '../../engine/operations.ts';
import { reconcileWords } from '../../engine/words/reconcileWords.ts';
import {
  daemonWords,
  libraryWords,
  peerWords,
  queueWords,
  supportWords,
  writingWords,
} from '../../engine/words/statusWords.ts';
import { hangingText } from '../output/hangingText.ts';
import type { Style } from '../output/paint.ts';
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
    ['In step', counted(status.inStep, 'scene')],
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

function hindrances({ stop, pauses }: Status, now: number): readonly Line[] {
  return [
    ...(stop === null
      ? []
      : [['STOPPED', `${ago(stop.since, now)}: ${stop.reason} ${stop.advice}`] as const]),
    ...pauses.map(({ failure, since }): Line => ['PAUSED', `${ago(since, now)}: ${failureWords(failure)}`]),
  ];
}

/** A scene without a cover is nothing to be told of. */
const TOLD_SKIPS = SKIP_REASON_NAMES.filter((reason) => reason !== 'no-cover');

const skippedLines = ({ imagesSkipped }: Status): readonly Line[] =>
  TOLD_SKIPS.flatMap((reason): readonly Line[] => {
    const images = imagesSkipped[reason] ?? 0;
    return images === 0 ? [] : [['Not sent', `${counted(images, 'image')}: ${SKIP_REASONS[reason]}`]];
  });
