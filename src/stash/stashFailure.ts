import type { Failure } from '../core/failure.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import { peerFailure } from '../http/peerFailure.ts';

/**
 * All questions go to one address, so that what fails below GraphQL is never about one scene: either Stash
 * is away, or something else answers there.
 */
export function stashFailure(failure: HttpFailure, signInAdvice: string): Failure {
  const general = peerFailure('stash', failure);
  switch (failure.kind) {
    case 'not-json':
      return notStash(failure.message);
    case 'redirect':
      // Pages lead to /login without a session; /graphql itself says 401 (stash reference §2.8).
      return /\/login\/?$/.test(failure.location)
        ? { ...general, class: 'auth', advice: 'Set stash_url to Stash itself, past any sign-in page.' }
        : general;
    case 'status':
      break;
    default:
      return general;
  }
  if (failure.status === 404) return notStash(failure.message);
  if (failure.status >= 500) return { ...general, class: 'unreachable' };
  if (failure.status === 401) return { ...general, advice: signInAdvice };
  return failure.status === 403 ? { ...general, advice: LOCKED } : general;
}

export const notStash = (message: string): Failure => ({
  class: 'settings',
  peer: 'stash',
  message,
  advice: 'Check stash_url: what answers there is not Stash.',
});

const LOCKED =
  'Stash may have locked itself after a request from the internet: see its log and “security_tripwire_accessed_from_public_internet” in its config.yml.';
