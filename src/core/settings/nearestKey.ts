/** The known key that was most likely meant, or null when none is near. */
export function nearestKey(typed: string, known: readonly string[]): string | null {
  const word = fold(typed);
  // Only what is about as long can be near: a key may be as long as whoever wrote it likes.
  const ranked = known
    .filter((key) => Math.abs(fold(key).length - word.length) <= farthest(key))
    .map((key) => ({ key, distance: editDistance(word, fold(key)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= farthest(best.key) ? best.key : null;
}

const farthest = (key: string): number => Math.max(2, Math.floor(key.length / 4));

/** `plexUrl`, `PLEX-URL` and `plex_url` are the same slip of style, not of spelling. */
const fold = (key: string): string => key.toLowerCase().replace(/[-_\s]/gu, '');

/** Levenshtein, by rows. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
