import { type Benchmark, type BenchOptions, caseOf, type Finding, note } from '../suite/benchmark.ts';
import { findPeer, type Peer } from './findPeer.ts';

const THEIRS = 'Stash2Plex';
const OURS = 'PlexSync';
const RATIO = 'ratio';

export interface Pair {
  readonly theirs: readonly number[];
  readonly ours: readonly number[];
  readonly isMoreBetter?: boolean;
}

/** A row with the same measured of both; the ratio, pair by pair, says how many times better ours is. */
export function pairOf(name: string, { theirs, ours, isMoreBetter = false }: Pair): Finding {
  const ratios = ours.flatMap((our, n) => {
    const their = theirs[n];
    if (their === undefined || our === 0 || their === 0) return [];
    return isMoreBetter ? our / their : their / our;
  });
  return caseOf(name, { [THEIRS]: theirs, [OURS]: ours, [RATIO]: ratios });
}

/** A benchmark that runs where the environment names a Stash2Plex, and says why where it does not. */
export function besidePeer(
  about: Pick<Benchmark, 'name' | 'words'>,
  measure: (peer: Peer, options: BenchOptions) => AsyncGenerator<Finding>,
): Benchmark {
  return {
    ...about,
    measures: [THEIRS, OURS, RATIO].map((name) => ({ name, unit: '' })),
    async *run(options) {
      const peer = findPeer();
      if (typeof peer === 'string') yield note(peer);
      else {
        yield* measure(peer, options);
        yield note(`Stash2Plex ${peer.version}; the two were measured in turns.`);
      }
    },
  };
}
