import type { FailureClass } from '../failure.ts';
import { itemKeyText } from '../item.ts';
import type { JobState } from '../job.ts';
import type { Link } from '../link.ts';
import type { CandidatePart } from '../matching/candidates.ts';
import type { Verdict } from '../matching/verdict.ts';
import type { ListProof } from '../planning/unchanged.ts';

/**
 * How a scene stands in a comparison of everything: `in-step` needs nothing, `look` is to be read on both sides,
 * nothing is to be written for what is `held`; the others were looked at before, wait for something to change, and nothing has.
 */
export type Standing =
  | { readonly kind: 'in-step' | 'not-in-plex' | 'needs-person' | 'held' }
  /** Not to be carried, by the settings that choose scenes. */
  | { readonly kind: 'left-out' }
  /** `why` null: it was never linked, or its link is not what it was. */
  | { readonly kind: 'look'; readonly why: Exclude<ListProof, 'proven'> | null };

export interface StandingRequest<Found extends CandidatePart> {
  readonly verdict: Verdict<Found>;
  readonly links: readonly Link[];
  /** Its row in the queue; null when there is none. */
  readonly job: { readonly state: JobState; readonly class: FailureClass | null } | null;
  /** What the list entry of the item says about this link. */
  readonly proofOf: (link: Link, part: Found) => ListProof;
}

/** Says `look` wherever the worker might find something to do: a look too many costs little, one too few is a loss. */
export function standingOf<Found extends CandidatePart>(request: StandingRequest<Found>): Standing {
  const { verdict } = request;
  switch (verdict.kind) {
    case 'matched':
      return isSettled(request, ['contested']) ? { kind: 'needs-person' } : standingOfMatched(request);
    case 'none':
      return isSettled(request, ['no-match']) ? { kind: 'not-in-plex' } : LOOK;
    case 'ambiguous':
      return isSettled(request, ['ambiguous']) ? { kind: 'needs-person' } : LOOK;
    case 'not-syncable':
      return isSettled(request, ['not-syncable']) ? { kind: 'needs-person' } : LOOK;
  }
}

const LOOK: Standing = { kind: 'look', why: null };

/** The queue holds just this answer already, and waits: asking again would only count attempts. */
const isSettled = (
  { job }: Pick<StandingRequest<CandidatePart>, 'job'>,
  classes: readonly FailureClass[],
): boolean =>
  job !== null &&
  (job.state === 'dead' || job.state === 'waiting') &&
  job.class !== null &&
  classes.includes(job.class);

function standingOfMatched<Found extends CandidatePart>({
  verdict,
  links,
  proofOf,
}: StandingRequest<Found>): Standing {
  if (verdict.kind !== 'matched' || verdict.links.length !== links.length) return LOOK;
  const linkOf = new Map(links.map((link) => [itemKeyText(link.item), link]));
  for (const { item, evidence, file, part } of verdict.links) {
    const link = linkOf.get(itemKeyText(item));
    if (
      link === undefined ||
      link.evidence !== evidence ||
      link.sceneOshash !== file.oshash ||
      link.scenePath !== file.path ||
      link.itemPath !== part.path
    ) {
      return LOOK;
    }
    const proof = proofOf(link, part);
    if (proof !== 'proven') return { kind: 'look', why: proof };
  }
  return { kind: 'in-step' };
}
