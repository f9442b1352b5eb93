import type { Command } from 'commander';
import { CommandFailure } from '../exitCode.ts';
import type { Run } from '../run.ts';

export function addServeCommand(program: Command, run: Run): void {
  program
    .command('serve')
    .description('run the daemon, until it is told to end (Ctrl-C)')
    .action(async () => {
      run.isService = true;
      const ended = await run.context.runService(run);
      if (!ended.ok) throw new CommandFailure('failed', ended.failure);
    });
}
