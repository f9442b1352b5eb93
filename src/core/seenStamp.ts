/** An edit in the same second as our look would not move Stash's `updated_at`; some clocks differ a little. */
const RESOLUTION_MS = 2_000;

/**
 * What to remember as seen of a scene: its `updated_at`, unless that is so recent that another edit may carry
 * the same one (stash reference §3.2: one-second resolution). Then the next poll looks once more.
 */
export const seenStamp = (updatedAt: string, now: number): string =>
  Date.parse(updatedAt) + RESOLUTION_MS <= now ? updatedAt : `${updatedAt} or later`;
