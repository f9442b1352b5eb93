/** A plex.tv of its own: `node simulator/plexTv/main.ts --help`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { FAULT_NAMES, type FaultRule, faultFrom } from '../plex/faults.ts';
import type { ServerListing } from './resources.ts';
import { startPlexTvSimulator } from './server.ts';
import { defaultSwitches, SWITCH_NAMES, SWITCHES, type Switches } from './switches.ts';

interface Flags {
  readonly port: number;
  readonly account: string;
  readonly token: string;
  readonly server: readonly string[];
  readonly serverToken: string;
  readonly guest: boolean;
  readonly signInAfter?: number;
  readonly switch: Switches;
  readonly fault: readonly FaultRule[];
}

const LOOK_MS = 100;

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a whole number');
  return Number(text);
}

function turned(pair: string, before: Switches): Switches {
  const [name = '', side = ''] = pair.split('=');
  const known = SWITCH_NAMES.find((each) => each === name);
  const sides: readonly string[] = known === undefined ? [] : SWITCHES[known].sides;
  if (!sides.includes(side)) throw new InvalidArgumentError('see below');
  return { ...before, [name]: side };
}

function scripted(text: string, before: readonly FaultRule[]): readonly FaultRule[] {
  try {
    return [...before, faultFrom(text)];
  } catch (cause) {
    throw new InvalidArgumentError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A Plex that runs, as plex.tv would list it. */
async function listingOf(uri: string, { serverToken, guest }: Flags): Promise<ServerListing> {
  const answer = await fetch(`${uri}/identity`, { headers: { accept: 'application/json' } });
  const { MediaContainer } = (await answer.json()) as { MediaContainer: { machineIdentifier: string } };
  return {
    name: `Server at ${new URL(uri).host}`,
    machineIdentifier: MediaContainer.machineIdentifier,
    accessToken: serverToken,
    isOwned: !guest,
    connections: [{ uri, isLocal: true }],
  };
}

const SWITCH_HELP = SWITCH_NAMES.map((name) => {
  const { sides, words } = SWITCHES[name];
  const [first, ...others] = sides;
  return `  ${name}=${[`${first} (default)`, ...others].join(' | ')}\n      ${words}`;
}).join('\n');

const program = new Command('plex-tv-simulator')
  .description('plex.tv, clients.plex.tv and app.plex.tv at one address, for tests.')
  .option('--port <number>', 'port to listen on, 0 for a free one', wholeNumber, 32500)
  .option('--account <name>', 'the one account', 'anna')
  .option('--token <text>', 'its token', 'account-token')
  .option('--server <url...>', 'Plex servers of the account; each has to run', [])
  .option('--server-token <text>', 'the account’s token on them', 'simulator-token')
  .option('--guest', 'they belong to somebody else', false)
  .option('--sign-in-after <ms>', 'as if a person signed in so long after each pin', wholeNumber)
  .addOption(
    new Option('--switch <name=side>', 'turn a switch; may be repeated')
      .argParser(turned)
      .default(defaultSwitches(), 'as below'),
  )
  .addOption(
    new Option('--fault <rule>', 'script a fault, as of the Plex simulator; may be repeated')
      .argParser(scripted)
      .default([], 'none'),
  )
  .addHelpText('after', `\nSwitches:\n${SWITCH_HELP}\n\nFaults: ${FAULT_NAMES.join(', ')}`)
  .parse();

const flags = program.opts<Flags>();
const plexTv = await startPlexTvSimulator({
  port: flags.port,
  accounts: [
    {
      token: flags.token,
      name: flags.account,
      servers: await Promise.all(flags.server.map((uri) => listingOf(uri, flags))),
    },
  ],
  switches: flags.switch,
});
for (const rule of flags.fault) plexTv.faults.add(rule);
process.stdout.write(`plex.tv simulator at ${plexTv.url}: set PLEXSYNC_PLEX_TV_URL to it\n`);

let pinsSeen = 0;
const signingIn = setInterval(() => {
  for (const code of plexTv.pins.codes.slice(pinsSeen)) {
    pinsSeen += 1;
    if (flags.signInAfter !== undefined) {
      setTimeout(() => plexTv.pins.signIn(code, flags.token), flags.signInAfter);
    }
  }
}, LOOK_MS);
const stop = (): void => {
  clearInterval(signingIn);
  void plexTv.close();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
