import { FAILURE_POLICIES } from '../failure.ts';
import type { Job } from '../job.ts';
import { isBulk } from '../priority.ts';
import { dueIn } from './timeInWords.ts';

/** `in 20 seconds`; nothing of a job whose time does not count. */
export const dueWords = ({ state, dueAt }: Job, now: number): string =>
  state === 'pending' ? dueIn(dueAt, now) : '';

/** `10`, `110 bulk`. */
export const priorityWords = ({ priority }: Job): string =>
  isBulk(priority) ? `${priority} bulk` : `${priority}`;

export const lastFailureWords = ({ failure }: Job): string =>
  failure === null ? '' : `${FAILURE_POLICIES[failure.class].title}: ${failure.message}`;
