import type { BothServers } from '../../processes/startBothServers.ts';

/**
 * `exact`: Plex shows what Stash has, and nothing else of ours. `complete`: nothing of it is missing. After PlexSync has
 * forgotten what it wrote, a tag of its own in Plex counts as a person's, and nothing of a person's is taken away.
 */
export type Demand = 'exact' | 'complete';

export function notArrived(
  servers: BothServers,
  numbers: readonly number[],
  demand: Demand,
): readonly string[] {
  return demand === 'exact' ? servers.differences(numbers) : missing(servers, numbers);
}

const missing = (servers: BothServers, numbers: readonly number[]): readonly string[] =>
  numbers.flatMap((number) => {
    const { expected, shown } = servers.sides(number);
    if (shown === null) return [`scene ${number} has no item`];
    const lists = ['actors', 'genres'] as const;
    const texts = ['title', 'studio', 'poster'] as const;
    return [
      ...texts.filter((name) => expected[name] !== shown[name]),
      ...lists.filter((name) => expected[name].some((each) => !shown[name].includes(each))),
    ].map((name) => `scene ${number}: ${name} is ${String(shown[name])}, not ${String(expected[name])}`);
  });

/** Tags that PlexSync had given and no longer knows to be its own. */
export const leftBehind = (servers: BothServers, numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => {
    const { expected, shown } = servers.sides(number);
    return sum + (shown?.genres.filter((each) => !expected.genres.includes(each)).length ?? 0);
  }, 0);
