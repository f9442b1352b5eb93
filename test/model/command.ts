import type fc from 'fast-check';
import type { LivingWorld } from './livingWorld.ts';

/** The state lies in the simulators, which fast-check has no part in. */
export type NoModel = Record<string, never>;
export type Command = fc.AsyncCommand<NoModel, LivingWorld>;

/** What happens, in words that a counterexample can be read by. What makes no sense just then does nothing. */
export function command(words: string, act: (living: LivingWorld) => void | Promise<void>): Command {
  return {
    check: () => true,
    run: async (_, living) => {
      await act(living);
      living.expected.look();
    },
    toString: () => words,
  };
}

/** One of what there is; undefined when there is nothing. */
export const oneOf = <Value>(values: readonly Value[], place: number): Value | undefined =>
  values[place % Math.max(1, values.length)];
