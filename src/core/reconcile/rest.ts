/** Why comparisons of everything rest, and what they have queued. Single edits go on. */
export type Rest =
  | { readonly kind: 'paused'; readonly since: number }
  | { readonly kind: 'plex-scans'; readonly library: string }
  | { readonly kind: 'streaming'; readonly streams: number };

/** Goes on after “it” or “the comparison”. */
export function restWords(rest: Rest): string {
  switch (rest.kind) {
    case 'paused':
      return 'is paused until `plexsync reconcile --resume`';
    case 'plex-scans':
      return `waits while Plex looks through its library ${JSON.stringify(rest.library)}`;
    case 'streaming':
      return `waits while Plex plays something (${rest.streams === 1 ? '1 stream' : `${rest.streams} streams`}; wait_while_streaming)`;
  }
}

/** What becomes of a comparison of everything that was asked for, if not just that; in sentences, or null. */
export function comparisonCaveat(status: {
  readonly reconcile: { readonly rest: Rest | null };
  readonly firstSync: object | null;
}): string | null {
  const { rest } = status.reconcile;
  const sentences = [
    ...(rest === null ? [] : [`It ${restWords(rest)}.`]),
    ...(status.firstSync === null
      ? []
      : [
          'It writes nothing yet, since the first sync asks first: `plexsync first-sync` shows what would change.',
        ]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
