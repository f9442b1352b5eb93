import { SKIP_REASONS, whyNotSent } from '../../core/images/cover.ts';
import type { Target } from '../look.ts';
import type { CoverLook } from './lookAtCovers.ts';

/** Covers that are not sent, once each. That a scene has none is nothing to tell. */
export function skipWarnings(targets: readonly Target[]): readonly string[] {
  const reasons = targets.flatMap(looksOf).flatMap(({ base, cover }) => {
    const reason = cover === null ? null : whyNotSent(cover);
    return reason === null || reason === 'no-cover' || base?.coverTag === cover?.tag ? [] : [reason];
  });
  return [...new Set(reasons)].map((reason) => `not sent to Plex: ${SKIP_REASONS[reason]}`);
}

function looksOf(target: Target): readonly CoverLook[] {
  if (target.kind === 'unchanged') return target.covers;
  return target.kind === 'planned' ? target.images.map(({ look }) => look) : [];
}
