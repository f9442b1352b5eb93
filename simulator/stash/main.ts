/** A simulated Stash of its own: `node simulator/stash/main.ts --help`. */
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { sampleLibrary } from '../sampleLibrary.ts';
import { FAULTS, type FaultRequest, isFaultName } from './faults.ts';
import { fillLibrary } from './model/fillLibrary.ts';
import type { Plugin } from './plugins/plugin.ts';
import { startStashSimulator } from './simulator.ts';
import { SWITCHES, type Switches } from './switches.ts';

interface Arguments {
  readonly port: number;
  readonly items: number;
  readonly hook?: string;
  readonly pluginDir?: string;
  readonly plugin: readonly string[];
  readonly host?: string;
  readonly https?: true;
  readonly configDir?: string;
  readonly latency: number;
  readonly set: Partial<Switches>;
  readonly fault: readonly FaultRequest[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const count = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number, please');
  return Number(text);
};

function table(rows: Readonly<Record<string, string>>): string {
  return Object.entries(rows)
    .map(([name, help]) => `  ${name.padEnd(16)}${help}`)
    .join('\n');
}

function readSwitch(text: string, before: Partial<Switches>): Partial<Switches> {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=');
  switch (name) {
    case 'olderStash':
      return { ...before, olderStash: value !== 'false' };
    case 'sessionSeconds':
    case 'latencyMs':
      return { ...before, [name]: count(value) };
    case 'zone':
    case 'apiKey':
    case 'password':
      return { ...before, [name]: value };
    default:
      throw new InvalidArgumentError(`there are ${Object.keys(SWITCHES).join(', ')}`);
  }
}

function readFault(text: string, before: readonly FaultRequest[]): readonly FaultRequest[] {
  const [fault = '', times, matching] = text.split(':');
  if (!isFaultName(fault)) throw new InvalidArgumentError(`there are ${Object.keys(FAULTS).join(', ')}`);
  return [...before, { fault, ...(times && { times: count(times) }), ...(matching && { matching }) }];
}

const program = new Command('sim:stash')
  .description('A Stash over real HTTP with a made-up library, for trying things out.')
  .option('--port <number>', 'port on loopback', count, 9999)
  .option('--host <address>', 'what it binds to, as plugins are told: 127.0.0.1, 0.0.0.0, [::1] or [::]')
  .option('--https', 'with a certificate that signs itself')
  .option('--items <number>', 'scenes in the library', count, 1000)
  .addOption(
    new Option('--plugin <folder>', 'load the plugins whose manifests lie there; may be repeated')
      .argParser((folder, before: readonly string[]) => [...before, path.resolve(folder)])
      .default([], 'none'),
  )
  .option('--hook <command>', 'run for each change, as a plugin: "sh {pluginDir}/hook.sh hook"')
  .option('--plugin-dir <folder>', 'what {pluginDir} stands for; the folder of hook.sh when absent')
  .option('--config-dir <folder>', "Stash's own folder, which plugins are told; temporary when absent")
  .option('--latency <ms>', 'added before each answer', count, 0)
  .addOption(
    new Option('--set <switch=value>', 'a switch, see below; may be repeated')
      .argParser(readSwitch)
      .default({}, 'none'),
  )
  .addOption(
    new Option('--fault <name[:times[:text]]>', 'a fault, see below; may be repeated')
      .argParser(readFault)
      .default([], 'none'),
  )
  .addHelpText('after', () => {
    const switches = Object.entries(SWITCHES).map(([name, { help, value }]) => [
      name,
      `${help} (${JSON.stringify(value)})`,
    ]);
    return `
Switches:
${table(Object.fromEntries(switches))}

Faults, for so many requests (all, when no number is given) whose document contains the text:
${table(FAULTS)}

Example: a Stash that is locked for the first three edits
  sim:stash --hook "sh {pluginDir}/hook.sh hook" --fault busy:3:sceneUpdate`;
  });

async function main(): Promise<void> {
  const given = program.parse().opts<Arguments>();
  const plugins: readonly Plugin[] = given.hook === undefined ? [] : [pluginOf(given.hook, given.pluginDir)];
  const simulator = await startStashSimulator({
    port: given.port,
    plugins,
    pluginFolders: given.plugin,
    ...(given.host !== undefined && { host: given.host }),
    ...(given.https && { isSecure: true }),
    ...(given.configDir !== undefined && { configDir: path.resolve(given.configDir) }),
    switches: { latencyMs: given.latency, ...given.set },
    onLogLine: ({ level, text }) => say(`${level}: ${text}`),
  });
  fillLibrary(simulator.library, sampleLibrary(given.items));
  for (const fault of given.fault) simulator.faults.add(fault);
  say(
    `Stash simulator with ${given.items} scenes: ${simulator.url}/graphql (its folder: ${simulator.configDir})`,
  );
  process.on('SIGUSR2', () => {
    say(`requests: ${JSON.stringify(simulator.log.counts())}`);
    say(`bytes: ${JSON.stringify(simulator.log.traffic.bytes())}`);
  });
  const end = (): void => void simulator.close().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function pluginOf(hook: string, pluginDir: string | undefined): Plugin {
  const [command = '', ...args] = hook.split(/\s+/);
  const folder = path.resolve(pluginDir ?? path.join(import.meta.dirname, '../../src/plugin'));
  return { id: 'plexsync', exec: [command, ...args], pluginDir: folder };
}

await main();
