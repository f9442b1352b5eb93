import { Command, InvalidArgumentError, Option } from 'commander';
import { FAULT_NAMES, FAULTS, type FaultRule, faultFrom } from './faults.ts';
import type { LoggedRequest } from './requestLog.ts';
import { sampleSection } from './sampleItems.ts';
import { startPlexSimulator } from './server.ts';
import { defaultSwitches, SWITCH_NAMES, SWITCHES, type Switches, setSwitch } from './switches.ts';

interface Flags {
  readonly port: number;
  readonly items: number;
  readonly token: string;
  readonly guestToken?: string;
  readonly section: readonly string[];
  readonly latency: number;
  readonly maintenance: number;
  readonly basePath: string;
  readonly switch: Switches;
  readonly fault: readonly FaultRule[];
  readonly log: boolean;
  readonly logEdits: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const asFlagError = <T>(read: () => T): T => {
  try {
    return read();
  } catch (cause) {
    throw new InvalidArgumentError(cause instanceof Error ? cause.message : String(cause));
  }
};

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

function turned(pair: string, switches: Switches): Switches {
  const [name = '', side = ''] = pair.split('=');
  return asFlagError(() => {
    const changed = { ...switches };
    setSwitch(changed, name, side);
    return changed;
  });
}

function describedBehaviours(): string {
  const switches = SWITCH_NAMES.map((name) => {
    const { sides, words, reference } = SWITCHES[name];
    const [first, ...others] = sides;
    return `  ${name}=${[`${first} (default)`, ...others].join(' | ')}\n      ${words} (${reference})`;
  });
  const faults = FAULT_NAMES.map((name) => {
    const { argument, words, reference } = FAULTS[name];
    return `  ${name}${argument === null ? '' : `=<${argument}>`}\n      ${words} (${reference})`;
  });
  const example = `  Each: '<fault> [METHOD] [/url pattern] [nth=N] [count=N|all]', as in 'status=500 PUT /all nth=3'.`;
  return ['', 'Switches:', ...switches, '', 'Faults:', example, ...faults].join('\n');
}

const program = new Command('plex-simulator')
  .description(
    'A Plex Media Server without media, for tests. Sections of the Plex reference stand in brackets.',
  )
  .option('--port <number>', 'port to listen on, 0 for a free one', wholeNumber, 32400)
  .option('--items <number>', 'items in the first library', wholeNumber, 1000)
  .option('--token <text>', 'token of the owner', 'simulator-token')
  .option('--guest-token <text>', 'token of a user who may not edit')
  .option('--section <title...>', 'titles of the libraries', ['Movies'])
  .option('--latency <ms>', 'added to every answer', wholeNumber, 0)
  .option('--maintenance <ms>', 'how long to answer 503 after the start', wholeNumber, 0)
  .option('--base-path <path>', 'as behind a proxy: /plex', '')
  .addOption(
    new Option('--switch <name=side>', 'turn a switch; may be repeated')
      .argParser(turned)
      .default(defaultSwitches(), 'as below'),
  )
  .addOption(
    new Option('--fault <rule>', 'script a fault; may be repeated')
      .argParser((text: string, rules: readonly FaultRule[]) => [
        ...rules,
        asFlagError(() => faultFrom(text)),
      ])
      .default([], 'none'),
  )
  .option(
    '--log',
    'print how many requests of each kind came, and bytes, at the end; on SIGUSR2 in any case',
    false,
  )
  .option('--log-edits', 'print each edit as it comes: epoch ms, and its query', false)
  .addHelpText('after', describedBehaviours)
  .parse();

const flags = program.opts<Flags>();
const simulator = await startPlexSimulator({
  port: flags.port,
  token: flags.token,
  ...(flags.guestToken === undefined ? {} : { guestToken: flags.guestToken }),
  sections: flags.section.map((title, n) => sampleSection(title, n === 0 ? flags.items : 0)),
  switches: flags.switch,
  latencyMs: flags.latency,
  maintenanceMs: flags.maintenance,
  basePath: flags.basePath,
  ...(flags.logEdits ? { onRequest: sayEdit } : {}),
});
for (const rule of flags.fault) simulator.faults.add(rule);
say(`Plex simulator at ${simulator.url}, ${flags.items} items`);

function sayRequests(): void {
  say(`requests: ${JSON.stringify(simulator.log.counts())}`);
  say(`bytes: ${JSON.stringify(simulator.log.traffic.bytes())}`);
}

function sayEdit({ kind, query }: LoggedRequest): void {
  if (kind !== 'edits') return;
  const at = performance.timeOrigin + performance.now();
  say(`edit: ${JSON.stringify({ at, query: Object.fromEntries(query) })}`);
}

process.on('SIGUSR2', sayRequests);
const stop = (): void => {
  if (flags.log) sayRequests();
  void simulator.close();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
