import type { Command } from 'commander';
import type { Run } from '../run.ts';

export function addResumeCommand(program: Command, run: Run): void {
  program
    .command('resume')
    .description('go on after a safety stop: its reason is fine')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const resumed = await operations.resume();
        return {
          json: resumed,
          text: resumed.wasStopped ? 'The stop is lifted; work goes on.' : 'Nothing was stopped.',
        };
      }),
    );
}
