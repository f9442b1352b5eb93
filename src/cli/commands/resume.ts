import type { Command } from 'commander';
import { resumedWords } from '../../engine/words/decisionWords.ts';
import type { Run } from '../run.ts';

export function addResumeCommand(program: Command, run: Run): void {
  program
    .command('resume')
    .description('go on after a safety stop, or when many scenes were destroyed: it was meant')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const resumed = await operations.resume();
        return {
          json: resumed,
          text: resumedWords(resumed).join('\n'),
        };
      }),
    );
}
