import type { Command } from 'commander';
import type { SceneId } from '../../core/ids.ts';
import type { SyncRequest } from '../../engine/operations.ts';
import type { EnqueueCounts } from '../../store/port.ts';
import { parseDuration, parseSceneIds } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { leftToDo } from '../output/leftToDo.ts';
import { counted } from '../output/timeInWords.ts';
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

async function sync({ operations, drain, hasDaemon }: Session, request: SyncRequest): Promise<Answer> {
  const counts = valueOf(await operations.sync(request));
  if (hasDaemon) return { json: counts, text: `${queuedWords(request, counts)}; the daemon does it now.` };
  await drain();
  const left = leftToDo(await operations.status());
  return {
    json: { ...counts, left: left.json },
    text: `${queuedWords(request, counts)} and worked off. ${left.text}`,
    exit: left.exit,
  };
}

function queuedWords(request: SyncRequest, { added, coalesced }: EnqueueCounts): string {
  if (request.kind === 'all') return 'A comparison of all scenes is queued';
  const known = coalesced === 0 ? '' : `, ${coalesced} more were queued already`;
  return `${counted(added, 'scene')} queued${known}`;
}
