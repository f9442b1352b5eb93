import { type Argument, Command, type Option } from 'commander';
import { setupCommand } from '../src/cli/commands/setup.ts';
import type { CliContext } from '../src/cli/context.ts';
import { EXAMPLES } from '../src/cli/examples.ts';
import { EXIT_CODES } from '../src/cli/exitCode.ts';
import { addCommands } from '../src/cli/program.ts';
import { Run } from '../src/cli/run.ts';

/** docs/commands.md, from the commands themselves and their examples. */
export function commandsDocument(): string {
  const program = new Command('plexsync');
  // Nothing is run, so that nothing of the world is needed.
  addCommands(program, new Run(program, {} as CliContext), [setupCommand(() => Promise.resolve())]);
  return `<!-- Made by \`npm run docs\` from src/cli: edit that. -->

# Commands

Each command talks to the daemon that runs, or does the work itself when none does; then it shows how far it is, where
somebody looks. \`--json\` prints one JSON document, also for a failure; \`--debug\` shows where an unexpected error
happened; \`--config\` names the settings file, and every setting is a flag ([config.md](config.md)). Colours are for
terminals: \`NO_COLOR=1\` takes them away, \`FORCE_COLOR=1\` keeps them in a pipe. With the plugin alone it is
\`node entry.cjs\` in the plugin's folder instead of \`plexsync\`.

## Exit codes

| code | meaning |
|---|---|
${Object.values(EXIT_CODES)
  .map(({ code, words }) => `| ${code} | ${words} |`)
  .join('\n')}

${program.commands.map((command) => section(command, command.name())).join('\n')}`;
}

function section(command: Command, name: string): string {
  const inner = command.commands.map((each) => section(each, `${name} ${each.name()}`));
  const examples = (EXAMPLES[name] ?? []).map(({ args, words }) => `# ${words}\nplexsync ${args}`);
  const parts = [
    `## plexsync ${name}`,
    sentence(command.description()),
    [...command.registeredArguments.map(argumentLine), ...command.options.map(optionLine)].join('\n'),
    examples.length === 0 ? '' : `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ];
  return [`${parts.filter((part) => part !== '').join('\n\n')}\n`, ...inner].join('\n');
}

const argumentLine = (argument: Argument): string => {
  const name = argument.variadic ? `${argument.name()}…` : argument.name();
  return `- \`${argument.required ? name : `[${name}]`}\`: ${argument.description}`;
};

const optionLine = ({ flags, description, argChoices }: Option): string =>
  `- \`${flags}\`: ${description}${argChoices === undefined ? '' : ` (${argChoices.join(', ')})`}`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
