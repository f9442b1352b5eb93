import type { Job } from '../job.ts';
import { counted } from '../quantityInWords.ts';
import { ago } from './timeInWords.ts';

/** `2 hours ago, tried 3 times`. */
export const deadSinceWords = ({ stateSince, attempt }: Job, now: number): string =>
  `${ago(stateSince, now)}${attempt > 0 ? `, tried ${counted(attempt, 'time')}` : ''}`;

/** No dead letter was there to be tried again, or cleared. */
export const NO_LETTER_FITS = 'No dead letter fits.';

export const lettersQueuedWords = (retried: number): string => `${counted(retried, 'dead letter')} queued`;
export const lettersClearedWords = (cleared: number): string => `${counted(cleared, 'dead letter')} cleared.`;
