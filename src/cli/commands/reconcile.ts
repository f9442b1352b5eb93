import type { Command } from 'commander';
import { answerQueued } from '../output/answerQueued.ts';
import { comparisonWords } from '../output/comparisonWords.ts';
import { type Answer, type Run, type Session, valueOf } from '../run.ts';

export function addReconcileCommand(program: Command, run: Run): void {
  program
    .command('reconcile')
    .description('list Plex’s libraries anew, learn path maps anew, then compare all scenes')
    .option('--cancel', 'end the comparison that is under way; what it has queued stays queued')
    .action(({ cancel }: { readonly cancel?: true }) =>
      run.withOperations((session) => (cancel === true ? cancelReconcile(session) : reconcile(session))),
    );
}

async function reconcile(session: Session): Promise<Answer> {
  const counts = valueOf(await session.operations.reconcile());
  const words = `A new listing of Plex’s libraries and ${comparisonWords(counts)} are queued`;
  return answerQueued(session, { counts, words });
}

async function cancelReconcile({ operations }: Session): Promise<Answer> {
  const cancelled = await operations.cancelReconcile();
  const text = cancelled.wasRunning
    ? 'The comparison was cancelled; what it had queued stays queued.'
    : 'No comparison is under way.';
  return { json: cancelled, text };
}
