import type { Result } from '../../core/result.ts';
import { h, useState } from './element.ts';
import type { Child } from './pluginApi.ts';

export interface Acts {
  /** What is under way, or null: buttons wait for it. */
  readonly running: string | null;
  readonly said: { readonly words: string; readonly isProblem: boolean } | null;
  /** @param words what is said when it is done */
  run<Value>(name: string, act: () => Promise<Result<Value, string>>, words: (value: Value) => string): void;
}

/** What the buttons of a part of a page do, one at a time, and what came of the last one. */
export function useActs(onDone: () => void): Acts {
  const [running, setRunning] = useState<string | null>(null);
  const [said, setSaid] = useState<Acts['said']>(null);
  return {
    running,
    said,
    run: (name, act, words) => {
      setRunning(name);
      void act().then((outcome) => {
        setRunning(null);
        setSaid(
          outcome.ok
            ? { words: words(outcome.value), isProblem: false }
            : { words: outcome.failure, isProblem: true },
        );
        onDone();
      });
    },
  };
}

/** Read out by screen readers when it changes. */
export const actsOutcome = ({ said }: Acts): Child =>
  h(
    'div',
    { role: 'status', className: 'plexsync-said' },
    said === null
      ? null
      : h('p', { className: said.isProblem ? 'plexsync-problem' : 'plexsync-good' }, said.words),
  );

export const actButton = (
  acts: Acts,
  button: {
    readonly name: string;
    readonly label: string;
    /** For those who do not see what stands around it. */
    readonly about?: string;
    readonly style?: 'primary' | 'secondary' | 'danger';
    readonly onClick: () => void;
  },
): Child =>
  h(
    'button',
    {
      key: button.name,
      type: 'button',
      className: `btn btn-sm btn-${button.style ?? 'secondary'}`,
      disabled: acts.running !== null,
      'aria-label': button.about === undefined ? undefined : `${button.label}: ${button.about}`,
      onClick: button.onClick,
    },
    acts.running === button.name ? `${button.label} …` : button.label,
  );
