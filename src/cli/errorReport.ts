import { visibleText } from '../core/visibleText.ts';
import type { Redact } from '../log/redact.ts';
import { ControlError } from '../server/controlClient.ts';
import { StoreError } from '../store/storeError.ts';
import { CommandFailure, type ExitReason } from './exitCode.ts';

/** What people are told about an error, without secrets and control characters. */
export interface ErrorReport {
  readonly reason: ExitReason;
  /** Lines, when several settings are wrong. */
  readonly message: string;
  readonly advice: string | null;
  /** Only of a bug. */
  readonly stack: string | null;
}

export function errorReport(error: unknown, redact: Redact): ErrorReport {
  const lines = (text: string): string => redact(text).split('\n').map(visibleText).join('\n');
  if (error instanceof CommandFailure) {
    const { reason, message, advice } = error;
    return { reason, message: lines(message), advice: advice === null ? null : lines(advice), stack: null };
  }
  // Both name what failed and what to do.
  if (error instanceof ControlError || error instanceof StoreError) {
    return { reason: 'failed', message: lines(error.message), advice: null, stack: null };
  }
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) };
  return {
    reason: 'failed',
    message: visibleText(redact(`Unexpected error: ${message}`)),
    advice: 'Run it again with --debug to see where.',
    stack: lines(stack),
  };
}
