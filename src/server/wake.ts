import type { Status } from '../engine/operations.ts';

/**
 * The operation that Stash's pages ask for when they open and while they can be seen (hook.sh knows it, too): it starts
 * a daemon where none is alive and lends it the session. Where nobody answers that is no error in Stash's log.
 */
export const WAKE = 'wake';

/** What a badge shows. */
export interface Wakened {
  /** Dead letters. */
  readonly dead: number;
  /** Nothing is written until a person does something. */
  readonly isStuck: boolean;
  /** A service does the work: settings of its own hold, whatever stands in Stash. */
  readonly isService: boolean;
}

export const wakened = (
  { queue, setup, stop, pauses }: Status,
  { isExternal: isService }: { readonly isExternal: boolean },
): Wakened => ({
  dead: queue.dead,
  isStuck: setup !== null || stop !== null || pauses.length > 0,
  isService,
});
