import { hindranceWords } from '../../core/hindrance.ts';
import { comparisonCaveat } from '../../core/reconcile/rest.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Status } from '../../engine/operations.ts';
import type { Answer, Session } from '../run.ts';
import { leftToDo } from './leftToDo.ts';

/** What becomes of it: the daemon does it, or it is worked off before the answer. */
export async function answerQueued(
  { operations, drain, hasDaemon }: Session,
  queued: {
    readonly counts: object;
    readonly words: string;
    /** Of everything: whether it may write, and go on now. */
    readonly isComparison?: true;
  },
): Promise<Answer> {
  const { counts, words, isComparison = false } = queued;
  const caveat = (status: Status): string => {
    const sentences = isComparison ? comparisonCaveat(status) : null;
    return sentences === null ? '' : ` ${sentences}`;
  };
  if (hasDaemon) {
    const status = await operations.status();
    const why = hindranceWords(status);
    const next = why === null ? 'the daemon does it now.' : `it waits. ${why}`;
    return { json: counts, text: visibleText(`${words}; ${next}${caveat(status)}`) };
  }
  await drain();
  const status = await operations.status();
  const left = leftToDo(status);
  return {
    json: { ...counts, left: left.json },
    text: `${words}${left.json.pending === 0 ? ' and worked off' : ''}. ${left.text}${visibleText(caveat(status))}`,
    exit: left.exit,
  };
}
