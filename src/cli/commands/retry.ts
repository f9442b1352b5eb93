import type { Command } from 'commander';
import type { Subject } from '../../core/scene.ts';
import { lettersQueuedWords, NO_LETTER_FITS } from '../../core/words/deadWords.ts';
import { type DeadOptions, selectionOf, takeDeadSelection } from '../deadSelection.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Run, valueOf } from '../run.ts';

export function addRetryCommand(program: Command, run: Run): void {
  takeDeadSelection(program.command('retry').description('try dead letters again')).action(
    (subjects: readonly Subject[], options: DeadOptions) => {
      const selection = selectionOf(subjects, options);
      return run.withOperations(async (session) => {
        const counts = valueOf(await session.operations.retry(selection));
        if (counts.retried === 0) return { json: counts, text: NO_LETTER_FITS };
        return answerQueued(session, { counts, words: lettersQueuedWords(counts.retried) });
      });
    },
  );
}
