import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '../suite/benchmark.ts';
import { ROOT } from '../suite/benchProcess.ts';
import { type Simulators, startSimulators } from '../suite/simulators.ts';
import { PLEX_TOKEN } from '../suite/world.ts';
import type { Peer } from './findPeer.ts';
import { besidePeer, pairOf } from './pair.ts';
import { type PluginRun, runPlugin } from './runPlugin.ts';
import { Stash2Plex } from './stash2plex.ts';
import { type StashArgs, sceneEdited, sceneOfBulkEdit, stashStdin } from './stashStdin.ts';

const ROUNDS = 20;
const QUICK_ROUNDS = 3;

export const peerHook = besidePeer(
  {
    name: 'peer-hook',
    words: 'one hook, for which Stash waits, from its start to its end, beside Stash2Plex',
  },
  async function* (peer, { rounds, isQuick }) {
    const count = rounds ?? (isQuick ? QUICK_ROUNDS : ROUNDS);
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-peer-'));
    const servers = await startSimulators({
      scenes: 1_000,
      plexToken: PLEX_TOKEN,
      plexLatencyMs: 0,
      areEditsTold: false,
      inbox: null,
    });
    try {
      yield* measure({ peer, servers, folder, rounds: count });
    } finally {
      await servers.end();
      rmSync(folder, { recursive: true });
    }
  },
);

interface About {
  readonly peer: Peer;
  readonly servers: Simulators;
  readonly folder: string;
  readonly rounds: number;
}

async function* measure(about: About): AsyncGenerator<Finding> {
  const plugin = new Stash2Plex(about.peer, about);
  await plugin.configure();
  const inbox = inboxOfLivingDaemon(about.folder);
  const cases = [
    { name: 'a scene that was edited', argsOf: sceneEdited, says: /Identify hook deferred\+enqueued/ },
    {
      name: 'a scene of a bulk edit, which Stash2Plex ignores',
      argsOf: sceneOfBulkEdit,
      says: /All imports/,
    },
  ];
  for (const { name, argsOf, says } of cases) {
    const theirs: PluginRun[] = [];
    const ours: PluginRun[] = [];
    for (let round = 1; round <= about.rounds; round++) {
      theirs.push(await plugin.hook(argsOf(round)));
      ours.push(await ourHook(argsOf(round), { inbox, servers: about.servers, folder: about.folder }));
    }
    expectAllDone({ theirs, says, inbox, rounds: about.rounds });
    yield pairOf(`${name}: time, ms`, {
      theirs: theirs.map(({ wallMs }) => wallMs),
      ours: ours.map(({ wallMs }) => wallMs),
    });
    // The kernel counts in steps of 10 ms, more than one of ours takes.
    yield pairOf(`${name}: CPU, ms on average`, { theirs: [mean(theirs)], ours: [mean(ours)] });
  }
}

/** What ends early because something is wrong is no measure of anything. */
function expectAllDone(about: {
  readonly theirs: readonly PluginRun[];
  readonly says: RegExp;
  readonly inbox: string;
  readonly rounds: number;
}): void {
  const { theirs, says, inbox, rounds } = about;
  const failed = theirs.find(({ lines }) => !lines.some(({ text }) => says.test(text)));
  if (failed !== undefined) {
    throw new Error(`Stash2Plex did not say ${says}:\n${failed.lines.map(({ text }) => text).join('\n')}`);
  }
  const events = readdirSync(inbox).filter((name) => name.startsWith('v1-'));
  if (events.length !== rounds) throw new Error(`hook.sh left ${events.length} of ${rounds} events`);
  for (const name of events) rmSync(path.join(inbox, name));
}

const mean = (runs: readonly PluginRun[]): number =>
  runs.reduce((total, { cpuMs }) => total + cpuMs, 0) / runs.length;

/** Nearly always there is one, and hook.sh starts none. */
function inboxOfLivingDaemon(folder: string): string {
  const inbox = path.join(folder, 'inbox');
  mkdirSync(inbox);
  const alive = path.join(inbox, 'alive');
  writeFileSync(alive, '');
  const later = new Date(Date.now() + 3_600_000);
  utimesSync(alive, later, later);
  return inbox;
}

const ourHook = (
  args: StashArgs,
  {
    inbox,
    servers,
    folder,
  }: { readonly inbox: string; readonly servers: Simulators; readonly folder: string },
): Promise<PluginRun> =>
  runPlugin({
    command: ['sh', path.join(ROOT, 'src/plugin/hook.sh'), 'hook'],
    stdin: stashStdin(servers.stash.url, args),
    cwd: folder,
    env: { ...process.env, PLEXSYNC_INBOX_DIR: inbox },
  });
