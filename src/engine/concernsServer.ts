import { FAILURE_POLICIES, type Failure } from '../core/failure.ts';

/** The next request would meet the same: the server is away, or does not let us in. */
export const concernsServer = (failure: Failure): boolean => {
  const policy = FAILURE_POLICIES[failure.class];
  return policy.tripsBreaker || policy.answer === 'pause' || policy.answer === 'stop';
};
