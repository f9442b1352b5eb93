import type { Command } from 'commander';
import {
  cancelledWords,
  pausedWords,
  reconcileQueuedWords,
  unpausedWords,
} from '../../engine/words/decisionWords.ts';
import { CommandFailure } from '../exitCode.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Answer, type Run, type Session, valueOf } from '../run.ts';

export function addReconcileCommand(program: Command, run: Run): void {
  program
    .command('reconcile')
    .description('list Plex’s libraries anew, learn path maps anew, then compare all scenes')
    .option('--cancel', 'end the comparison that is under way; what it has queued stays queued')
    .option('--pause', 'let comparisons rest, and what they have queued, until --resume; edits go on')
    .option('--resume', 'go on after --pause')
    .action((options: ReconcileOptions) => {
      const ways = Object.keys(options) as readonly (keyof ReconcileOptions)[];
      const [way = 'compare'] = ways;
      if (ways.length > 1) throw new CommandFailure('usage', 'Say one of --cancel, --pause and --resume.');
      return run.withOperations(WAYS[way]);
    });
}

interface ReconcileOptions {
  readonly cancel?: true;
  readonly pause?: true;
  readonly resume?: true;
}

async function reconcile(session: Session): Promise<Answer> {
  const counts = valueOf(await session.operations.reconcile());
  return answerQueued(session, { counts, words: reconcileQueuedWords(counts), isComparison: true });
}

async function cancelReconcile({ operations }: Session): Promise<Answer> {
  const cancelled = await operations.cancelReconcile();
  return { json: cancelled, text: cancelledWords(cancelled) };
}

async function pause({ operations }: Session): Promise<Answer> {
  const paused = await operations.pauseReconcile();
  const words = pausedWords(paused);
  return {
    json: paused,
    text: paused.wasPaused ? words : `${words} \`plexsync reconcile --resume\` ends it.`,
  };
}

async function resume({ operations }: Session): Promise<Answer> {
  const resumed = await operations.resumeReconcile();
  return { json: resumed, text: unpausedWords(resumed) };
}

const WAYS = { compare: reconcile, cancel: cancelReconcile, pause, resume } as const;
