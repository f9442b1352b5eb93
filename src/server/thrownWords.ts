import type { Logger } from '../log/logger.ts';
import { StoreError } from '../store/storeError.ts';

/**
 * Logs what an operation threw, and says it to whoever asked. A disk that fails is no bug: its own words name the
 * file and what to do.
 */
export function thrownWords(error: unknown, logger: Logger, about: Readonly<Record<string, string>>): string {
  if (error instanceof StoreError) {
    logger.error(about, error.message);
    return error.message;
  }
  logger.error({ ...about, error }, 'operation failed unexpectedly');
  return `unexpected error: ${error instanceof Error ? error.message : String(error)}`;
}
