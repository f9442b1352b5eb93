import { type Breaker, failingReason } from './breaker.ts';
import { adviceOf, type Failure, type Peer } from './failure.ts';

/** How it goes: what may keep queued work from being done. */
export interface WorkState {
  readonly setup: { readonly problems: readonly string[] } | null;
  readonly stop: { readonly reason: string; readonly advice: string } | null;
  readonly pauses: readonly { readonly failure: Failure }[];
  readonly breakers: Readonly<Record<Peer, Breaker>>;
}

/** For what queued work waits and what to do about it, in sentences; null when it is done now. */
export function hindranceWords({ setup, stop, pauses, breakers }: WorkState): string | null {
  if (setup !== null) return `Not set up: ${setup.problems.join(' ')}`;
  if (stop !== null) return `Stopped: ${stop.reason} ${stop.advice}`;
  const [pause] = pauses;
  if (pause !== undefined) return `Paused: ${pause.failure.message} ${adviceOf(pause.failure)}`;
  const reasons = Object.values(breakers).flatMap((breaker) => failingReason(breaker) ?? []);
  return reasons.length === 0 ? null : `No answer: ${reasons.join(' · ')}`;
}
