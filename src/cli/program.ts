import { Command, CommanderError } from 'commander';
import { addAdoptServerCommand } from './commands/adoptServer.ts';
import { addCheckCommand } from './commands/check.ts';
import { addClearCommand } from './commands/clear.ts';
import { addDeadCommand } from './commands/dead.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addForgetCommand } from './commands/forget.ts';
import { addGapsCommand } from './commands/gaps.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addHoldCommand, addHoldsCommand, addReleaseCommand } from './commands/holds.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addRetryCommand } from './commands/retry.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStatusCommand } from './commands/status.ts';
import { addSyncCommand } from './commands/sync.ts';
import { addUndoCommand } from './commands/undo.ts';
import { addVersionCommand } from './commands/version.ts';
import type { CliContext } from './context.ts';
import { EXIT_CODES } from './exitCode.ts';
import { Run } from './run.ts';
import { addSettingFlags } from './settingFlags.ts';

const COMMANDS = [
  addServeCommand,
  addExplainCommand,
  addStatusCommand,
  addCheckCommand,
  addQueueCommand,
  addDeadCommand,
  addSyncCommand,
  addReconcileCommand,
  addGapsCommand,
  addRetryCommand,
  addClearCommand,
  addPlanCommand,
  addHistoryCommand,
  addUndoCommand,
  addHoldsCommand,
  addHoldCommand,
  addReleaseCommand,
  addResumeCommand,
  addAdoptServerCommand,
  addForgetCommand,
  addVersionCommand,
];

/** Runs one command line; returns the exit code. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const program = new Command('plexsync');
  const run = new Run(program, context);
  describe(program, context);
  for (const add of COMMANDS) add(program, run);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return run.endUsage(error, args);
    run.report(error);
  }
  return EXIT_CODES[run.exit].code;
}

function describe(program: Command, { out, err, width }: CliContext): void {
  program
    .description('Keeps Plex metadata the same as Stash’s.')
    .option('--config <file>', 'settings file (default: plexsync.config.json, if there is one)')
    .option('--json', 'print one JSON document')
    .option('--debug', 'log more, and show where an unexpected error happened')
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => width ?? 110,
      getErrHelpWidth: () => width ?? 110,
    })
    .exitOverride()
    .addHelpText('after', `\nExit codes:\n${exitCodeLines()}`);
  addSettingFlags(program);
}

const exitCodeLines = (): string =>
  Object.values(EXIT_CODES)
    .map(({ code, words }) => `  ${code}  ${words}`)
    .join('\n');
