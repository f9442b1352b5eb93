import { adviceOf, type Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import type { SettingKey } from '../../core/settings/table.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Limits } from '../../setup/limits.ts';
import { CommandFailure, exitReasonOf } from '../exitCode.ts';
import type { Given } from './givenSettings.ts';
import { Cancelled, type Questions } from './questions.ts';
import type { Screen } from './screen.ts';

/** What the parts of the conversation share. */
export interface SetupTalk {
  readonly screen: Screen;
  /** Null: nobody can be asked, or nobody wants to be. */
  readonly questions: Questions | null;
  readonly options: SetupOptions;
  readonly given: (key: SettingKey) => Given | null;
  /** From now on no message shows it. */
  readonly hide: (secret: string) => void;
  readonly clientIdentifier: string;
  readonly version: string;
  readonly limits: Limits;
  readonly clock: Clock;
}

export interface SetupOptions {
  readonly yes?: true;
  readonly signIn?: true;
  readonly plexServer?: string;
  /** Goes on where the set-up would stop and ask. */
  readonly anyway?: true;
}

/** What was given: what is proposed counts, too, when nobody is asked. */
export function settled(talk: SetupTalk, key: SettingKey): Given | null {
  const given = talk.given(key);
  return given !== null && (given.isFixed || talk.questions === null) ? given : null;
}

/** A step until it works: a person may correct something and try again, a script is told what is wrong. */
export async function insist<Value>(talk: SetupTalk, step: () => Promise<Result<Value>>): Promise<Value> {
  for (;;) {
    const done = await step();
    if (done.ok) return done.value;
    if (talk.limits.cutOff.aborted) throw new Cancelled();
    if (talk.questions === null) throw toldFailure(done.failure);
    talk.screen.found('bad', 'Not yet', done.failure.message);
    talk.screen.detail(adviceOf(done.failure));
    if (!(await talk.questions.confirm({ message: 'Try again?', proposed: true }))) throw new Cancelled();
  }
}

const toldFailure = (failure: Failure): CommandFailure =>
  new CommandFailure(exitReasonOf(failure), failure.message, adviceOf(failure));

/** For a step that lacks what nobody can be asked for. */
export const missing = (what: string, how: string): CommandFailure =>
  new CommandFailure('usage', `${what} is missing, and nobody can be asked here.`, how);
