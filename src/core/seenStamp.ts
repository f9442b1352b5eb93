/** An edit in the same second as our look would not move Stash's `updated_at`; some clocks differ a little. */
const RESOLUTION_MS = 2_000;
const FIRST_SEEN = ' first seen ';

/**
 * What to remember as seen of a scene: its `updated_at`, unless that is so recent that another edit may carry
 * the same one (stash reference §3.2: one-second resolution). Then the next poll looks once more. A stamp in
 * the future is of a clock ahead of ours: once it is known for longer than its second lasts, no edit to come
 * carries it either.
 * @param known what is remembered so far
 */
export function seenStamp(updatedAt: string, known: string | undefined, now: number): string {
  if (known === updatedAt || Date.parse(updatedAt) + RESOLUTION_MS <= now) return updatedAt;
  const open = `${updatedAt}${FIRST_SEEN}`;
  if (known?.startsWith(open) !== true) return `${open}${now}`;
  return Number(known.slice(open.length)) + RESOLUTION_MS <= now ? updatedAt : known;
}
