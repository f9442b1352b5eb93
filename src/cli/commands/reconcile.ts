import type { Command } from 'commander';
import { comparisonWords } from '../../core/words/comparisonWords.ts';
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
  const words = `A new listing of Plex’s libraries and ${comparisonWords(counts)} are queued`;
  return answerQueued(session, { counts, words, isComparison: true });
}

async function cancelReconcile({ operations }: Session): Promise<Answer> {
  const cancelled = await operations.cancelReconcile();
  const text = cancelled.wasRunning
    ? 'The comparison was cancelled; what it had queued stays queued.'
    : 'No comparison is under way.';
  return { json: cancelled, text };
}

async function pause({ operations }: Session): Promise<Answer> {
  const paused = await operations.pauseReconcile();
  const text = paused.wasPaused
    ? 'Comparisons were paused already.'
    : 'Comparisons are paused, and so is what they have queued; single edits go on. `plexsync reconcile --resume` ends it.';
  return { json: paused, text };
}

async function resume({ operations }: Session): Promise<Answer> {
  const resumed = await operations.resumeReconcile();
  return { json: resumed, text: resumed.wasPaused ? 'Comparisons go on.' : 'Comparisons were not paused.' };
}

const WAYS = { compare: reconcile, cancel: cancelReconcile, pause, resume } as const;
