import type { Result } from '../../core/result.ts';
import { isHidden, onShown } from './browser.ts';
import { useEffect, useRef, useState } from './element.ts';

export interface Asked<Value> {
  /** The newest answer; it stays while the next one is on its way, or does not come. */
  readonly value: Value | null;
  readonly problem: string | null;
  readonly isAsking: boolean;
  again(): void;
}

/**
 * Asks once, each `everyMs` while the page can be seen, and whenever told to.
 *
 * @param on asks anew when one of these changes
 */
export function useAnswer<Value>(
  askNow: () => Promise<Result<Value, string>>,
  { on = [], everyMs = null }: { readonly on?: readonly unknown[]; readonly everyMs?: number | null } = {},
): Asked<Value> {
  const [state, setState] = useState<Omit<Asked<Value>, 'again'>>({
    value: null,
    problem: null,
    isAsking: true,
  });
  const [round, setRound] = useState(0);
  // An answer that was overtaken, or comes to a page that was left, is dropped.
  const latest = useRef(0);
  useEffect(() => {
    latest.current += 1;
    const own = latest.current;
    setState((before) => ({ ...before, isAsking: true }));
    void askNow().then((answer) => {
      if (latest.current !== own) return;
      setState((before) =>
        answer.ok
          ? { value: answer.value, problem: null, isAsking: false }
          : { value: before.value, problem: answer.failure, isAsking: false },
      );
    });
    return () => {
      latest.current += 1;
    };
  }, [round, ...on]);
  useEffect(() => {
    if (everyMs === null) return undefined;
    const next = (): void => setRound((before) => before + 1);
    const timer = setInterval(() => {
      if (!isHidden()) next();
    }, everyMs);
    const stop = onShown(next);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [everyMs]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
