import type { Command } from 'commander';
import { adviceOf, type Failure } from '../../core/failure.ts';
import type { SceneId } from '../../core/ids.ts';
import { noSuchScene } from '../../core/noSuchScene.ts';
import { counted } from '../../core/quantityInWords.ts';
import { comparisonWords } from '../../core/words/comparisonWords.ts';
import type { SyncCounts, SyncRequest } from '../../engine/operations.ts';
import { parseDuration, parseSceneIds } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Answer, type Run, type Session, valueOf } from '../run.ts';

interface SyncOptions {
  readonly all?: true;
  /** ms */
  readonly recent?: number;
}

export function addSyncCommand(program: Command, run: Run): void {
  program
    .command('sync')
    .description('compare scenes with Plex and bring over what differs')
    .argument('[ids...]', 'scenes by their id in Stash', parseSceneIds, [])
    .option('--recent <time>', 'scenes changed within this time, such as 24h', parseDuration)
    .option('--all', 'all scenes')
    .action((scenes: readonly SceneId[], options: SyncOptions) => {
      const request = requestOf(scenes, options);
      return run.withOperations((session) => sync(session, request));
    });
}

function requestOf(scenes: readonly SceneId[], { all, recent }: SyncOptions): SyncRequest {
  const ways = [scenes.length > 0, all === true, recent !== undefined].filter(Boolean).length;
  if (ways !== 1) throw new CommandFailure('usage', 'Say which scenes: ids, --recent <time>, or --all.');
  if (recent !== undefined) return { kind: 'recent', sinceMs: recent };
  return all === true ? { kind: 'all' } : { kind: 'scenes', scenes };
}

async function sync(session: Session, request: SyncRequest): Promise<Answer> {
  const counts = valueOf(await session.operations.sync(request));
  const queued = {
    counts,
    words: queuedWords(request, counts),
    ...(request.kind === 'all' ? { isComparison: true as const } : {}),
  };
  const { missing = [], scenes } = counts;
  if (missing.length === 0) return answerQueued(session, queued);
  const text = missing.map((id) => sentences(noSuchScene(id))).join('\n');
  if (missing.length === scenes) {
    await session.drain();
    return { json: counts, text, exit: 'failed' };
  }
  const answer = await answerQueued(session, queued);
  return { ...answer, text: `${answer.text}\n${text}`, exit: 'failed' };
}

const sentences = (failure: Failure): string => `${failure.message} ${adviceOf(failure)}`;

function queuedWords(request: SyncRequest, counts: SyncCounts): string {
  if (request.kind === 'all') return `${capitalised(comparisonWords(counts))} is queued`;
  const { added, coalesced } = counts;
  const known = coalesced === 0 ? '' : `, ${coalesced} more were queued already`;
  return `${counted(added, 'scene')} queued${known}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
