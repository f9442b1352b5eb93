import type { Peer } from '../../core/failure.ts';
import type { Readiness } from '../../engine/readiness.ts';

const PEER_WORDS = { plex: 'Plex', stash: 'Stash' } as const satisfies Record<Peer, string>;

/**
 * Why no work is done now: words of this list and no others, since whoever asks may be a stranger. `enabled` and
 * `dry_run` are no reasons: PlexSync does as it was told.
 */
export function hindrancesOf({ setup, stop, pauses, breakers }: Readiness): readonly string[] {
  return [
    ...(setup === null ? [] : ['not set up']),
    ...(stop === null ? [] : ['stopped until a person says how to go on']),
    ...pauses.map(({ failure: { peer = 'plex', class: kind } }) =>
      kind === 'auth' ? `${PEER_WORDS[peer]} refuses the sign-in` : `settings do not fit ${PEER_WORDS[peer]}`,
    ),
    ...(['plex', 'stash'] as const)
      .filter((peer) => breakers[peer].state === 'open')
      .map((peer) => `${PEER_WORDS[peer]} is unreachable`),
  ];
}

export const isReady = (readiness: Readiness): boolean => hindrancesOf(readiness).length === 0;
