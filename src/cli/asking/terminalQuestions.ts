import type { Readable, Writable } from 'node:stream';
import { type CANCEL_SYMBOL, confirm, isCancel, multiselect, password, select, text } from '@clack/prompts';
import { visibleText } from '../../core/visibleText.ts';
import { Cancelled, type ProblemOf, type Questions } from './questions.ts';

interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** Asks on a terminal. */
export function terminalQuestions(terminal: Terminal): Questions {
  const shared = { ...terminal, showInstructions: true };
  return {
    // By place: what stands for a choice may be of any kind.
    async choose({ message, choices, proposed }) {
      const options = choices.map(({ label, hint }, place) => optionOf({ value: place, label, hint }));
      const place = answered(
        await select({ message: visibleText(message), options, initialValue: proposed, ...shared }),
      );
      const chosen = choices[place];
      if (chosen === undefined) throw new Cancelled();
      return chosen.value;
    },
    chooseSome: async ({ message, choices, proposed }) =>
      answered(
        await multiselect({
          message: visibleText(message),
          options: choices.map(optionOf),
          initialValues: [...proposed],
          required: true,
          ...shared,
        }),
      ),
    text: async ({ message, proposed, problemOf }) =>
      answered(await text({ message, initialValue: proposed, validate: checking(problemOf), ...terminal })),
    secret: async ({ message, problemOf }) =>
      // A sign for each character would fill lines: a key of Stash has some two hundred.
      answered(
        await password({
          message: `${message} (not shown)`,
          mask: '',
          validate: checking(problemOf),
          ...terminal,
        }),
      ),
    confirm: async ({ message, proposed }) =>
      answered(await confirm({ message, initialValue: proposed, ...terminal })),
  };
}

function answered<Value>(answer: Value | typeof CANCEL_SYMBOL): Value {
  if (isCancel(answer)) throw new Cancelled();
  return answer;
}

const checking =
  (problemOf: ProblemOf) =>
  (answer: string | undefined): string | undefined =>
    problemOf(answer ?? '') ?? undefined;

/** Names come from servers. */
const optionOf = <Value>({
  value,
  label,
  hint,
}: {
  value: Value;
  label: string;
  hint?: string | undefined;
}) => ({
  value,
  label: visibleText(label),
  ...(hint === undefined ? {} : { hint: visibleText(hint) }),
});
