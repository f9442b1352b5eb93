import { hindranceWords } from '../../core/hindrance.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Answer, Session } from '../run.ts';
import { leftToDo } from './leftToDo.ts';

/** What becomes of it: the daemon does it, or it is worked off before the answer. */
export async function answerQueued(
  { operations, drain, hasDaemon }: Session,
  queued: { readonly counts: object; readonly words: string },
): Promise<Answer> {
  const { counts, words } = queued;
  if (hasDaemon) {
    const why = hindranceWords(await operations.status());
    const next = why === null ? 'the daemon does it now.' : `it waits. ${why}`;
    return { json: counts, text: visibleText(`${words}; ${next}`) };
  }
  await drain();
  const left = leftToDo(await operations.status());
  return {
    json: { ...counts, left: left.json },
    text: `${words}${left.json.pending === 0 ? ' and worked off' : ''}. ${left.text}`,
    exit: left.exit,
  };
}
