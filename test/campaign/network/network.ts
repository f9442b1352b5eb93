import type { CampaignPart } from '../part.ts';
import { daemonRounds } from './daemonRounds.ts';
import { worldRounds } from './worldRounds.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const SIZES = {
  short: {
    rounds: 5,
    longestMs: { total: 10 * MINUTE_MS, silent: 20 * SECOND_MS, partial: 20 * SECOND_MS },
    daemon: { rounds: 1, slow: false },
  },
  long: {
    rounds: 150,
    longestMs: { total: 60 * MINUTE_MS, silent: 5 * MINUTE_MS, partial: 2 * MINUTE_MS },
    daemon: { rounds: 12, slow: true },
  },
} as const;

/** Every way in which a network and two servers fail, and in between the edits of a person. */
export const network: CampaignPart = {
  name: 'network',
  words:
    'a network that delays, throttles, drops, resets, swallows and garbles, names that do not resolve, servers that restart',
  run: async (options) => {
    const { random, length, tell } = options;
    const { rounds, longestMs, daemon } = SIZES[length];
    const world = await worldRounds(random.named('world'), { rounds, longestMs, tell });
    const quick = await daemonRounds(
      random.named('daemon'),
      { rounds: daemon.rounds, isSlow: false },
      options,
    );
    const slow = daemon.slow
      ? await daemonRounds(random.named('slow'), { rounds: 0, isSlow: true }, options)
      : null;
    const reports = slow === null ? [quick] : [quick, slow];
    const kinds = new Set([world, ...reports].flatMap((report) => [...report.kinds]));
    return {
      figures: {
        ...world.figures,
        kindsOfOutages: kinds.size,
        daemonRounds: reports.reduce((sum, { figures }) => sum + figures.rounds, 0),
        daemonEdits: reports.reduce((sum, { figures }) => sum + figures.edits, 0),
        socketsOpened: reports.reduce((sum, { figures }) => sum + figures.socketsOpened, 0),
        slowestLagMs: slow?.figures.slowestLagMs ?? 0,
      },
      broken: [world, ...reports].flatMap(({ broken }) => broken),
    };
  },
};
