import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type SteppedClock, steppedClock } from '../../simulator/plex/clock.ts';
import {
  type PlexSimulator,
  type PlexSimulatorOptions,
  startPlexSimulator,
} from '../../simulator/plex/server.ts';
import type { ConnectionListing, ServerListing } from '../../simulator/plexTv/resources.ts';
import { type PlexTvSimulator, startPlexTvSimulator } from '../../simulator/plexTv/server.ts';
import { type SampleFile, sampleLibrary } from '../../simulator/sampleLibrary.ts';
import { fillLibrary } from '../../simulator/stash/model/fillLibrary.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';
import { runSetup } from '../../src/cli/asking/runSetup.ts';
import { setupCommand } from '../../src/cli/commands/setup.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/program.ts';
import { succeed } from '../../src/core/result.ts';
import { serveHttps } from '../../src/http/testing/loopback.ts';
import { type Script, type ScriptedPerson, scriptedPerson } from './scriptedPerson.ts';

export const ACCOUNT_TOKEN = 'account-token-1a2b';
export const SERVER_TOKEN = 'server-token-3c4d';
export const GUEST_TOKEN = 'guest-token-5e6f';
export const STASH_KEY = 'stash.key-7a8b';
const SECRETS = [ACCOUNT_TOKEN, SERVER_TOKEN, GUEST_TOKEN, STASH_KEY];

export interface SetupWorld {
  readonly plex: PlexSimulator;
  readonly stash: StashSimulator;
  readonly plexTv: PlexTvSimulator;
  readonly clock: SteppedClock;
  readonly folder: string;
  readonly file: string;
  /** The server as plex.tv lists it; its connection is that of the simulator, in the own network. */
  listing(facts?: Partial<ServerListing>): ServerListing;
  /** plex.tv lists these servers for the account. */
  list(...servers: readonly ServerListing[]): void;
  /** An https address of Plex, as relays and the internet have. */
  secureUrl(): Promise<string>;
  run(args: string, request?: RunRequest): Promise<SetupRun>;
  /** Null: there is none. */
  saved(): Record<string, unknown> | null;
}

interface RunRequest {
  /** Without one nobody can be asked. */
  readonly script?: Script;
  readonly environment?: Readonly<Record<string, string>>;
  /** After each second that the set-up waits: what a person does elsewhere. */
  readonly meanwhile?: (waits: number, ending: AbortController) => void;
}

export interface SetupRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly string[];
}

export interface SetupWorldOptions {
  readonly files?: number;
  /** What Plex has of them. */
  readonly itemsOf?: (
    samples: readonly SampleFile[],
  ) => readonly { readonly path: string; readonly size: number }[];
  readonly plex?: PlexSimulatorOptions;
  readonly stashLocked?: true;
}

const samePlaces = (samples: readonly SampleFile[]) =>
  samples.map(({ plexPath, size }) => ({ path: plexPath, size }));

/** Both simulators and a plex.tv over HTTP, an empty folder to run in, and whoever answers. */
export async function openSetupWorld(options: SetupWorldOptions = {}): Promise<SetupWorld> {
  const clock = steppedClock();
  const folder = mkdtempSync(join(tmpdir(), 'plexsync-setup-'));
  const samples = sampleLibrary(options.files ?? 12);
  const stash = await startStashSimulator({
    switches: options.stashLocked === true ? { apiKey: STASH_KEY, password: 'pw' } : {},
  });
  fillLibrary(stash.library, samples);
  const items = (options.itemsOf ?? samePlaces)(samples).map(({ path, size }) => ({
    files: [{ path, size }],
  }));
  const plex = await startPlexSimulator({
    token: SERVER_TOKEN,
    guestToken: GUEST_TOKEN,
    machineIdentifier: 'basement-id',
    sections: [
      { title: 'Scenes', locations: ['/media'], items },
      { title: 'Films', locations: ['/films'], items: [] },
      { title: 'Series', type: 'show' },
    ],
    ...options.plex,
  });
  const plexTv = await startPlexTvSimulator({ clock });
  onTestFinished(async () => {
    await Promise.all([plex.close(), stash.close(), plexTv.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const listing = (facts: Partial<ServerListing> = {}): ServerListing => ({
    name: 'Basement',
    machineIdentifier: 'basement-id',
    accessToken: SERVER_TOKEN,
    connections: [localConnection(plex.url)],
    ...facts,
  });
  const list = (...servers: readonly ServerListing[]): void =>
    plexTv.addAccount({ token: ACCOUNT_TOKEN, name: 'anna', servers });
  list(listing());
  const file = join(folder, 'plexsync.config.json');
  const world = { plex, stash, plexTv, clock, folder, file };
  return {
    ...world,
    listing,
    list,
    secureUrl: () => serveHttps(forwardTo(plex)),
    run: (args, request = {}) => runIn(world, args, request),
    saved: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null),
  };
}

export const localConnection = (uri: string): ConnectionListing => ({ uri, isLocal: true });

/** Private, and alone in its folder: nothing half-written beside it. */
export function expectSavedWell({ file, folder }: SetupWorld): void {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['plexsync.config.json']);
}

async function runIn(
  { plexTv, clock, folder }: Pick<SetupWorld, 'plexTv' | 'clock' | 'folder'>,
  args: string,
  { script, environment = {}, meanwhile = () => undefined }: RunRequest,
): Promise<SetupRun> {
  const printed = { out: '', err: '' };
  const ending = new AbortController();
  const person: ScriptedPerson | null = script === undefined ? null : scriptedPerson(script);
  const context: CliContext = {
    version: '1.2.3',
    environment: { PLEXSYNC_PLEX_TV_URL: plexTv.url, ...environment },
    cwd: folder,
    now: () => clock.now(),
    sleep: () => Promise.resolve(),
    width: person === null ? null : 80,
    ask: null,
    isLogOnTerminal: false,
    hasColours: false,
    bottomLine: null,
    onUncaught: () => undefined,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    connectDaemon: () => Promise.resolve(succeed(null)),
    openOperations: () => Promise.reject(new Error('the set-up opens no data folder')),
    forget: () => Promise.reject(new Error('the set-up forgets nothing')),
    runService: () => Promise.reject(new Error('the set-up runs no daemon')),
    examineClosed: () => Promise.reject(new Error('the set-up has no doctor')),
  };
  let waits = 0;
  const code = await runCli(args.split(' ').filter(Boolean), context, [
    setupCommand((run, options) =>
      runSetup(run, options, {
        questions: person?.questions ?? null,
        signal: ending.signal,
        clock: {
          now: () => clock.now(),
          sleep: async (ms) => {
            clock.advance(ms);
            waits += 1;
            meanwhile(waits, ending);
            // Lets answers come in.
            await new Promise((resolve) => setImmediate(resolve));
          },
        },
      }),
    ),
  ]);
  person?.assertDone();
  for (const secret of SECRETS) expect(printed.out + printed.err).not.toContain(secret);
  return { code, ...printed, asked: person?.asked ?? [] };
}

function forwardTo({ port }: PlexSimulator): Parameters<typeof serveHttps>[0] {
  return (request, response) => {
    const { method, url: path, headers } = request;
    const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
}
