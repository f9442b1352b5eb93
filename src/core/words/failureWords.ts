import { adviceOf, FAILURE_POLICIES, type Failure } from '../failure.ts';

/** `Several items match: two files are named a.mp4. Remove the duplicate …` */
export function failureWords(failure: Failure): string {
  return `${FAILURE_POLICIES[failure.class].title}: ${failure.message} ${adviceOf(failure)}`;
}
