import type { Failure } from '../core/failure.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import { peerFailure } from '../http/peerFailure.ts';

/** What went wrong with one request: on the way, or in the sense of the answer. */
export type PlexProblem = HttpFailure | { readonly kind: 'senseless'; readonly message: string };

export function plexFailure(problem: PlexProblem): Failure {
  if (problem.kind === 'senseless') return { class: 'rejected', peer: 'plex', message: problem.message };
  const failure = peerFailure('plex', problem);
  const maintenance = problem.kind === 'status' && problem.status === 503 ? statusOf(problem.body) : null;
  return maintenance === null
    ? failure
    : {
        ...failure,
        message: `Plex is not ready: ${maintenance}`,
        advice: 'Nothing to do: Plex is starting.',
      };
}

/** As far as its first element goes: looking for it in whatever comes instead would take long. */
const HEAD_LENGTH = 2_000;

/** Of `<Response code="503" title="Maintenance" status="…"/>`, which Plex answers while it starts (§1). */
function statusOf(xml: string): string | null {
  return /<Response\b[^>]*\bstatus="([^"<>]{1,200})"/.exec(xml.slice(0, HEAD_LENGTH))?.[1] ?? null;
}

/**
 * Whether the problem may lie in the one item asked for, or in what stands in place of Plex: a proxy whose
 * Plex is away answers 404 or a web page to everything.
 */
export function isDoubtful(problem: PlexProblem): boolean {
  switch (problem.kind) {
    case 'senseless':
    case 'not-json':
    case 'bad-encoding':
    case 'too-large':
    case 'redirect':
    case 'not-http':
      return true;
    case 'status':
      return plexFailure(problem).class === 'rejected';
    default:
      return false;
  }
}

/** For questions about the server itself: no item can be at fault. */
export function serverFailure(problem: PlexProblem): Failure {
  const failure = plexFailure(problem);
  if (!isDoubtful(problem)) return failure;
  if (problem.kind === 'status' && problem.status >= 500) return { ...failure, class: 'unreachable' };
  return {
    ...failure,
    class: 'settings',
    advice: failure.advice ?? 'Check plex_url: what answers there is not Plex.',
  };
}

/** For questions about items, once Plex has proven to be there. */
export const itemFailure = (problem: PlexProblem): Failure => ({
  ...plexFailure(problem),
  class: 'rejected',
});
