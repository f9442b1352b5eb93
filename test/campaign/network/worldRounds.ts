import { type Names, serveNames } from '../../../simulator/wire/names.ts';
import { openWired } from '../../faults/wiredWorld.ts';
import type { Random } from '../random.ts';
import { FILES, HOSTS, type LongestMs, type WorldFigures, WorldRound } from './worldRound.ts';

const ROUNDS_A_LIFE = 8;
/** Real time: what is slower than this is silent. */
const TIMEOUT_MS = 250;

export interface WorldReport {
  readonly figures: WorldFigures;
  readonly kinds: ReadonlySet<string>;
  readonly broken: readonly string[];
}

interface WorldOptions {
  readonly rounds: number;
  readonly longestMs: LongestMs;
  readonly tell: (words: string) => void;
}

/** An engine on a clock of its own, so that an hour of outage takes a moment; the network is real and broken. */
export async function worldRounds(
  random: Random,
  { rounds, longestMs, tell }: WorldOptions,
): Promise<WorldReport> {
  const figures: WorldFigures = {
    rounds: 0,
    outages: 0,
    edits: 0,
    restarts: 0,
    minutesOfOutage: 0,
    requestsInTotalOutages: 0,
    largestFirstBatch: 0,
  };
  const kinds = new Set<string>();
  const broken: string[] = [];
  const names = serveNames();
  try {
    while (figures.rounds < rounds) {
      const until = Math.min(rounds, figures.rounds + ROUNDS_A_LIFE);
      broken.push(
        ...(await oneLife({
          random: random.named(`life to ${until}`),
          until,
          names,
          figures,
          kinds,
          longestMs,
        })),
      );
      // What broke in the middle of a life says nothing of the rest of it.
      figures.rounds = until;
      tell(`${figures.outages} outages, ${figures.minutesOfOutage} minutes of them on a clock of their own`);
    }
  } finally {
    names.stop();
  }
  return { figures, kinds, broken };
}

interface LifeOptions {
  readonly random: Random;
  readonly until: number;
  readonly names: Names;
  readonly longestMs: LongestMs;
  /** Added to. */
  readonly figures: WorldFigures;
  readonly kinds: Set<string>;
}

/** Rounds with one database, to the first that finds something. */
async function oneLife({
  random,
  until,
  names,
  longestMs,
  figures,
  kinds,
}: LifeOptions): Promise<readonly string[]> {
  const [engine, wire] = [random.named('engine'), random.named('wire')];
  const wired = await openWired({
    files: FILES,
    hosts: HOSTS,
    timeoutMs: TIMEOUT_MS,
    random: () => engine.next(),
    wireRandom: () => wire.next(),
  });
  try {
    while (figures.rounds < until) {
      figures.rounds += 1;
      const round = new WorldRound(wired, names, random.named(`round ${figures.rounds}`), figures);
      const found = await round.run(figures.rounds, longestMs);
      for (const { name } of round.outages) kinds.add(name);
      wired.world.plex.log.assertHarmless();
      const what = round.outages.map(({ name }) => name).join(' and ');
      if (found.length > 0) return found.map((words) => `round ${figures.rounds} (${what}): ${words}`);
    }
    return [];
  } finally {
    await wired.close();
  }
}
