import { hindranceWords } from '../../core/hindrance.ts';
import { comparisonCaveat } from '../../core/reconcile/rest.ts';
import type { Status } from '../operations.ts';

/**
 * What becomes of what was just queued, where a daemon runs: `1 scene queued; the daemon does it now.`
 * @param isComparison of everything: whether it may write, and go on now, is said, too
 */
export function queuedWords(
  words: string,
  status: Status,
  { isComparison = false }: { readonly isComparison?: boolean } = {},
): string {
  const why = hindranceWords(status);
  const next = why === null ? 'the daemon does it now.' : `it waits. ${why}`;
  return `${words}; ${next}${caveatWords(status, isComparison)}`;
}

export function caveatWords(status: Status, isComparison: boolean): string {
  const sentences = isComparison ? comparisonCaveat(status) : null;
  return sentences === null ? '' : ` ${sentences}`;
}
