import { visibleText } from '../../core/visibleText.ts';
import { caveatWords, queuedWords } from '../../engine/words/queuedWords.ts';
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
  if (hasDaemon) {
    const status = await operations.status();
    return { json: counts, text: visibleText(queuedWords(words, status, { isComparison })) };
  }
  await drain();
  const status = await operations.status();
  const left = leftToDo(status);
  return {
    json: { ...counts, left: left.json },
    text: `${words}${left.json.pending === 0 ? ' and worked off' : ''}. ${left.text}${visibleText(caveatWords(status, isComparison))}`,
    exit: left.exit,
  };
}
