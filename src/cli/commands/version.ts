import type { Command } from 'commander';
import type { Run } from '../run.ts';

export function addVersionCommand(program: Command, run: Run): void {
  program
    .command('version')
    .description('show the version')
    .action(() => {
      const { version } = run.context;
      run.answer({ json: { version, node: process.version }, text: version });
    });
}
