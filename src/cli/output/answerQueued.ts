import type { Answer, Session } from '../run.ts';
import { leftToDo } from './leftToDo.ts';

/** What becomes of it: the daemon does it, or it is worked off before the answer. */
export async function answerQueued(
  { operations, drain, hasDaemon }: Session,
  queued: { readonly counts: object; readonly words: string },
): Promise<Answer> {
  const { counts, words } = queued;
  if (hasDaemon) {
    const { setup } = await operations.status();
    const next =
      setup === null ? 'the daemon does it now.' : 'the daemon does it once it is set up (plexsync status).';
    return { json: counts, text: `${words}; ${next}` };
  }
  await drain();
  const left = leftToDo(await operations.status());
  return {
    json: { ...counts, left: left.json },
    text: `${words} and worked off. ${left.text}`,
    exit: left.exit,
  };
}
