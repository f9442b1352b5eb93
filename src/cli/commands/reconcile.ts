import type { Command } from 'commander';
import { answerQueued } from '../output/answerQueued.ts';
import { comparisonWords } from '../output/comparisonWords.ts';
import { type Run, valueOf } from '../run.ts';

export function addReconcileCommand(program: Command, run: Run): void {
  program
    .command('reconcile')
    .description('list Plex’s libraries anew, learn path maps anew, then compare all scenes')
    .action(() =>
      run.withOperations(async (session) => {
        const counts = valueOf(await session.operations.reconcile());
        const words = `A new listing of Plex’s libraries and ${comparisonWords(counts)} are queued`;
        return answerQueued(session, { counts, words });
      }),
    );
}
