import { setTimeout as delay } from 'node:timers/promises';
import { runHook } from '../../processes/runHook.ts';
import { numbersTo, type RunningServers, startBothServers } from '../../processes/startBothServers.ts';
import { missingAfter, sentTwice } from '../arrival.ts';
import { type Daemon, startDaemon } from '../daemonOf.ts';
import { leaksOf } from '../leaks.ts';
import { drawOutage, drawShortOutage, type Outage } from '../outages.ts';
import type { PartOptions } from '../part.ts';
import type { Random } from '../random.ts';
import { startWires, type Wires } from '../wires.ts';

const FILES = 30;
const SECOND_MS = 1_000;
/** Nothing but its sockets tells this daemon of what no hook told, so that a socket that stays shut is found. */
const POLL_SECONDS = 86_400;
/** From the slowest that a home has to what no request waits for. */
const LAGS_MS = [10, 100, 1_000, 5_000, 20_000, 60_000] as const;
/** A probe each five minutes at least, and what a backlog takes. */
const ARRIVE_WITHIN_MS = 420_000;
/** Backoff of the sockets ends at a minute; one that fell silent is noticed by two pings. */
const SOCKETS_WITHIN_MS = { short: 45_000, long: 240_000 } as const;

export interface DaemonReport {
  readonly figures: {
    readonly rounds: number;
    readonly socketsOpened: number;
    readonly slowestLagMs: number;
    readonly edits: number;
  };
  readonly kinds: ReadonlySet<string>;
  readonly broken: readonly string[];
}

interface Stage {
  readonly servers: RunningServers;
  readonly wires: Wires;
  readonly daemon: Daemon;
}

/** A daemon as a user runs it, on the real clock, with both of its sockets. */
export async function daemonRounds(
  random: Random,
  { rounds, isSlow }: { readonly rounds: number; readonly isSlow: boolean },
  { length, tell }: PartOptions,
): Promise<DaemonReport> {
  const wires = await startWires(random);
  const servers = await startBothServers({
    files: FILES,
    env: {
      PLEXSYNC_PLEX_URL: wires.plex.url,
      PLEXSYNC_STASH_URL: wires.stash.url,
      PLEXSYNC_POLL_INTERVAL: String(POLL_SECONDS),
      PLEXSYNC_CONNECT_TIMEOUT: '2',
      PLEXSYNC_READ_TIMEOUT: isSlow ? '30' : '2',
    },
  });
  wires.plex.aimAt(servers.plex.port);
  wires.stash.aimAt(servers.stash.port);
  for (const number of numbersTo(FILES)) title(servers, number, `First ${number}`);
  const stage: Stage = { servers, wires, daemon: await startDaemon(servers) };
  const kinds = new Set<string>();
  const broken: string[] = [];
  let edits = 0;
  try {
    await stage.daemon.operations.sync({ kind: 'all' });
    broken.push(...(await missingAfter(servers, numbersTo(FILES), ARRIVE_WITHIN_MS)));
    servers.plex.log.clear();
    const outages = isSlow ? LAGS_MS.map((ms) => slow(stage, ms)) : [];
    for (let round = 1; round <= rounds + outages.length && broken.length === 0; round++) {
      const drawn = random.named(`round ${round}`);
      const draw = length === 'short' ? drawShortOutage : drawOutage;
      const outage: Outage & { readonly lastsMs?: number } =
        outages[round - 1] ?? draw({ plex: servers.plex, stash: servers.stash, wires }, drawn);
      kinds.add(outage.name);
      const startedAt = performance.now();
      const lastsMs = outage.lastsMs ?? drawn.integer(500, length === 'short' ? 2_000 : 60_000);
      const number = drawn.integer(1, FILES);
      const found = await oneRound(stage, {
        outage,
        lastsMs,
        number,
        round,
        socketsWithinMs: SOCKETS_WITHIN_MS[length],
      });
      edits += 2;
      broken.push(...found.map((words) => `daemon round ${round} (${outage.name}): ${words}`));
      tell(
        `${outage.name} for ${(lastsMs / SECOND_MS).toFixed(1)} s, all well ${((performance.now() - startedAt - lastsMs) / SECOND_MS).toFixed(1)} s later`,
      );
    }
    broken.push(...sentTwice(servers.plex.log.requests));
    servers.plex.log.assertHarmless();
    const ended = await stage.daemon.end();
    if (ended !== null) broken.push(ended);
    broken.push(...leaksOf(servers, stage.daemon.process));
    const socketsOpened = [wires.plex, wires.stash]
      .flatMap(({ requests }) => requests)
      .filter(({ isWebSocket }) => isWebSocket).length;
    const slowestLagMs = isSlow ? Math.max(...LAGS_MS) : 0;
    return {
      figures: { rounds: rounds + outages.length, socketsOpened, slowestLagMs, edits },
      kinds,
      broken,
    };
  } finally {
    stage.daemon.process.signal('SIGKILL');
    await stage.daemon.process.ended;
    await Promise.all([servers.close(), wires.close()]);
  }
}

interface RoundOf {
  readonly outage: Outage;
  readonly lastsMs: number;
  readonly number: number;
  readonly round: number;
  readonly socketsWithinMs: number;
}

/** A hook tells of an edit in the outage; after it the sockets tell of what nobody else did. */
async function oneRound(stage: Stage, roundOf: RoundOf): Promise<readonly string[]> {
  const { servers } = stage;
  const { outage, lastsMs, number, round } = roundOf;
  await outage.begin();
  title(servers, number, `Daemon round ${round}`);
  await runHook(servers.inboxDir, servers.scene(number).id);
  await delay(lastsMs);
  await outage.end();
  const missing = await missingAfter(servers, numbersTo(FILES), ARRIVE_WITHIN_MS);
  if (missing.length > 0) return missing;
  return heardBySockets(stage, roundOf);
}

async function heardBySockets(
  { servers }: Stage,
  { number, round, socketsWithinMs }: RoundOf,
): Promise<readonly string[]> {
  const { plex, stash } = servers;
  const deadline = performance.now() + socketsWithinMs;
  while (plex.notifications.listenerCount === 0 || stash.sockets.subscriptionCount < 2) {
    if (performance.now() >= deadline) {
      return [
        `sockets are not open again: ${plex.notifications.listenerCount} to Plex, ${stash.sockets.subscriptionCount} subscriptions of Stash`,
      ];
    }
    await delay(100);
  }
  // What no hook told, and what a person did in Plex.
  const other = (number % FILES) + 1;
  title(servers, other, `Told by a socket ${round}`);
  stash.scan.complete();
  const [section] = plex.library.sections();
  const [key = ''] = plex.library.ratingKeys({ sectionKey: section?.key ?? '' });
  plex.library.editAsPerson(key, { fields: { studio: `By hand ${round}` } });
  return missingAfter(servers, numbersTo(FILES), socketsWithinMs);
}

/** Half of it on the way there, half on the way back. */
function slow({ wires }: Stage, ms: number): Outage & { readonly lastsMs: number } {
  return {
    peer: 'plex',
    name: `plex ${ms} ms slow`,
    isTotal: false,
    lastsMs: Math.max(3_000, 2.5 * ms),
    begin: () => wires.plex.suffer({ kind: 'lag', ms: ms / 2 }),
    end: () => wires.plex.suffer({ kind: 'none' }),
  };
}

function title({ stash, scene }: RunningServers, number: number, words: string): void {
  stash.library.editScene(scene(number), { title: words });
}
