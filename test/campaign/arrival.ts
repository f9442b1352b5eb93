import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import type { BothServers } from '../processes/startBothServers.ts';

const LOOK_EVERY_MS = 250;

/** Waits until Plex shows all that Stash has. What is missing at the deadline, a sentence each. */
export async function missingAfter(
  servers: BothServers,
  numbers: readonly number[],
  withinMs: number,
): Promise<readonly string[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const differences = servers.differences(numbers);
    if (differences.length === 0) return [];
    if (performance.now() >= deadline) {
      const more = differences.length > 3 ? [`and ${differences.length - 3} more scenes`] : [];
      return [...differences.slice(0, 3), ...more].map(
        (words) => `not arrived after ${withinMs / 1000} s: ${words}`,
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Titles that were given to an item more than once. Where each title is given to a scene once, these are edits that
 * Plex had already carried out: of what it was asked for, only what it answered counts.
 */
export function sentTwice(requests: readonly LoggedRequest[]): readonly string[] {
  const times = new Map<string, number>();
  for (const request of requests) {
    if (request.kind !== 'edits' || request.status !== 200) continue;
    const valueOf = (name: string): string | undefined => request.query.find(([key]) => key === name)?.[1];
    const title = valueOf('title.value');
    if (title === undefined) continue;
    const edit = `item ${valueOf('id') ?? '?'} “${title}”`;
    times.set(edit, (times.get(edit) ?? 0) + 1);
  }
  return [...times]
    .filter(([, count]) => count > 1)
    .map(([edit, count]) => `${edit} was sent ${count} times`);
}
