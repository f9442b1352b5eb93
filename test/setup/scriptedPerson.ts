import { expect } from 'vitest';
import { Cancelled, type Questions } from '../../src/cli/asking/questions.ts';

/** What a person answers: part of a label, a text, yes or no; the proposal; or Ctrl-C. */
export type Reply = string | boolean | readonly string[];
export const PROPOSED = '(what is proposed)';
export const CTRL_C = '(Ctrl-C)';

export type Script = readonly (readonly [question: RegExp, reply: Reply])[];

export interface ScriptedPerson {
  readonly questions: Questions;
  /** Each question as it was put: `Which server? [Basement (yours), …]`. */
  readonly asked: readonly string[];
  /** Fails when not all of the script came to pass. */
  assertDone(): void;
}

/** Answers question by question; another question than the next one of the script fails the test. */
export function scriptedPerson(script: Script): ScriptedPerson {
  const asked: string[] = [];
  const reply = (message: string, choices: readonly string[] = []): Reply => {
    asked.push(choices.length === 0 ? message : `${message} [${choices.join(', ')}]`);
    const next = script[asked.length - 1];
    expect(next, `nobody expected: ${asked.at(-1)}`).toBeDefined();
    const [pattern, answer] = next ?? [/^$/, CTRL_C];
    expect(message).toMatch(pattern);
    if (answer === CTRL_C) throw new Cancelled();
    return answer;
  };
  const accepted = (answer: string, problem: string | null): string => {
    if (problem !== null) throw new Error(`${answer} is refused: ${problem}`);
    return answer;
  };
  const questions: Questions = {
    choose: async ({ message, choices, proposed }) => {
      const labels = choices.map(({ label, hint }) => (hint === undefined ? label : `${label} (${hint})`));
      const answer = reply(message, labels);
      const place =
        answer === PROPOSED ? proposed : labels.findIndex((label) => label.includes(String(answer)));
      const chosen = choices[place];
      if (chosen === undefined) throw new Error(`${String(answer)} is none of ${labels.join(', ')}`);
      return chosen.value;
    },
    chooseSome: async ({ message, choices, proposed }) => {
      const answer = reply(
        message,
        choices.map(({ label }) => label),
      );
      return Array.isArray(answer) ? answer.map(String) : proposed;
    },
    text: async ({ message, proposed, problemOf }) => {
      const answer = reply(message);
      const typed = answer === PROPOSED ? proposed : String(answer);
      return accepted(typed, problemOf(typed));
    },
    secret: async ({ message, problemOf }) => {
      const answer = String(reply(message));
      return accepted(answer, problemOf(answer));
    },
    confirm: async ({ message, proposed }) => {
      const answer = reply(message);
      return answer === PROPOSED ? proposed : answer === true;
    },
  };
  return {
    questions,
    asked,
    assertDone: () => expect(asked).toHaveLength(script.length),
  };
}
