import type { Command } from 'commander';
import type { Subject } from '../../core/scene.ts';
import { queueClearedWords } from '../../core/words/clearedWords.ts';
import { lettersClearedWords, NO_LETTER_FITS } from '../../core/words/deadWords.ts';
import { type DeadOptions, selectionOf, takeDeadSelection } from '../deadSelection.ts';
import type { Run } from '../run.ts';

export function addClearCommand(program: Command, run: Run): void {
  const clear = program
    .command('clear')
    .description('forget dead letters, or what is queued; a later full sync finds it again');
  takeDeadSelection(clear.command('dead').description('forget dead letters')).action(
    (subjects: readonly Subject[], options: DeadOptions) => {
      const selection = selectionOf(subjects, options);
      return run.withOperations(async ({ operations }) => {
        const { cleared } = await operations.clearDead(selection);
        const text = cleared === 0 ? NO_LETTER_FITS : `${lettersClearedWords(cleared)} ${FOUND_AGAIN}`;
        return { json: { cleared }, text };
      });
    },
  );
  clear
    .command('queue')
    .description('drop what is pending or waits for Plex; dead letters stay')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const { cleared } = await operations.clearQueue();
        const words = queueClearedWords(cleared);
        return { json: { cleared }, text: cleared === 0 ? words : `${words} ${FOUND_AGAIN}` };
      }),
    );
}

const FOUND_AGAIN = '`plexsync sync --all` finds again what differs from Plex.';
