import type { Command } from 'commander';
import type { SetupCheck } from '../../core/setupCheck.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Run } from '../run.ts';

const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const;

export function addCheckCommand(program: Command, run: Run): void {
  program
    .command('check')
    .description('try connections and settings, and say what to correct; changes nothing')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const checks = await operations.check();
        const hasProblem = checks.some(({ state }) => state === 'problem');
        return { json: checks, text: checksText(checks), exit: hasProblem ? 'problem' : 'done' };
      }),
    );
}

function checksText(checks: readonly SetupCheck[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, state, found, advice }) => [
      `${SIGNS[state]} ${name.padEnd(width)}  ${visibleText(found)}`,
      ...(advice === null ? [] : [`  ${' '.repeat(width)}  What to do: ${visibleText(advice)}`]),
    ])
    .join('\n');
}
