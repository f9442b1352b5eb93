import { Command, CommanderError } from 'commander';
import { addAdoptServerCommand } from './commands/adoptServer.ts';
import { addClearCommand } from './commands/clear.ts';
import { addDeadCommand } from './commands/dead.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addFirstSyncCommand } from './commands/firstSync.ts';
import { addForgetCommand } from './commands/forget.ts';
import { addGapsCommand } from './commands/gaps.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addHoldCommand, addHoldsCommand, addReleaseCommand } from './commands/holds.ts';
import { addNotifyCommand } from './commands/notify.ts';
import { addPinCommand, addUnpinCommand } from './commands/pins.ts';
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
import { EXAMPLES } from './examples.ts';
import { EXIT_CODES } from './exitCode.ts';
import { hangingText } from './output/hangingText.ts';
import { paintWith } from './output/paint.ts';
import { wrapLines } from './output/wrapLines.ts';
import { Run } from './run.ts';
import { addSettingFlags, settingLines } from './settingFlags.ts';

const COMMANDS = [
  addServeCommand,
  addExplainCommand,
  addStatusCommand,
  addDoctorCommand,
  addQueueCommand,
  addDeadCommand,
  addSyncCommand,
  addReconcileCommand,
  addFirstSyncCommand,
  addGapsCommand,
  addRetryCommand,
  addClearCommand,
  addPlanCommand,
  addHistoryCommand,
  addUndoCommand,
  addPinCommand,
  addUnpinCommand,
  addHoldsCommand,
  addHoldCommand,
  addReleaseCommand,
  addNotifyCommand,
  addResumeCommand,
  addAdoptServerCommand,
  addForgetCommand,
  addVersionCommand,
];

export type AddCommand = (program: Command, run: Run) => void;

/** Runs one command line, of the commands that all have and of more; returns the exit code. */
export async function runCli(
  args: readonly string[],
  context: CliContext,
  more: readonly AddCommand[] = [],
): Promise<number> {
  const program = new Command('plexsync');
  const run = new Run(program, context);
  context.onUncaught((error) => run.report(error));
  describe(program, context);
  addCommands(program, run, more);
  for (const each of program.commands) addExamples(each, each.name());
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return run.endUsage(error, args);
    run.report(error);
  }
  return EXIT_CODES[run.exit].code;
}

export function addCommands(program: Command, run: Run, more: readonly AddCommand[] = []): void {
  for (const add of [...more, ...COMMANDS]) add(program, run);
}

function describe(program: Command, { version, out, err, width, hasColours }: CliContext): void {
  const styleTitle = (title: string): string => paintWith(hasColours)('heading', title);
  program
    .description('Keeps Plex metadata the same as Stash’s.')
    .version(version, '--version', 'show the version')
    .option('--config <file>', 'settings file (default: plexsync.config.json, if there is one)')
    .option('--json', 'print one JSON document')
    .option('--debug', 'log more, and show where an unexpected error happened')
    .configureOutput({
      writeOut: out,
      writeErr: (text) => err(wrapLines(text, width)),
      getOutHelpWidth: () => width ?? WIDTH_OF_FILES,
      getErrHelpWidth: () => width ?? WIDTH_OF_FILES,
      getOutHasColors: () => hasColours,
      getErrHasColors: () => hasColours,
    })
    .configureHelp({
      styleTitle,
      showGlobalOptions: true,
      // Else with a default that says nothing, such as `[]`.
      argumentDescription: ({ description }) => description,
    })
    .exitOverride();
  addSettingFlags(program);
  addExamples(program, '');
  const columns = width ?? WIDTH_OF_FILES;
  program
    .addHelpText('after', () => `\n${styleTitle('Exit codes:')}\n${exitCodeLines(columns)}`)
    .addHelpText('after', ({ error: isUnasked }) =>
      isUnasked ? '' : `\n${styleTitle(SETTINGS_HEADING)}\n${settingLines(columns)}`,
    );
}

const WIDTH_OF_FILES = 80;
const SETTINGS_HEADING = 'Settings (they win over the environment and the file; --no-… switches off):';

const exitCodeLines = (width: number): string =>
  Object.values(EXIT_CODES)
    .map(({ code, words }) => `  ${code}  ${hangingText(words, { indent: 5, width })}`)
    .join('\n');

/** To the command and all below it. */
function addExamples(command: Command, name: string): void {
  const examples = EXAMPLES[name] ?? [];
  const lines = examples.map(({ args, words }) => `  # ${words}\n  $ plexsync ${args}`);
  if (lines.length > 0)
    command.addHelpText(
      'after',
      () => `\n${command.createHelp().styleTitle('Examples:')}\n${lines.join('\n')}`,
    );
  for (const each of command.commands) addExamples(each, `${name} ${each.name()}`);
}
