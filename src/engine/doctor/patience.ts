import type { Heard } from '../../core/doctor/finding.ts';
import { answerWithin } from '../answerWithin.ts';
import type { Clock } from '../clock.ts';

/** For all questions together: the plugin's task waits for the doctor, 3 s at least (hook.sh). */
const PATIENCE_MS = 2_500;

/** Waits for an answer as long as there is time left for all of them; null when it does not come. */
export interface Patience {
  <Value>(answer: Promise<Heard<Value>>): Promise<Heard<Value>>;
  leftMs(): number;
}

export function patientFor(clock: Clock): Patience {
  const until = clock.now() + PATIENCE_MS;
  const leftMs = (): number => Math.max(0, until - clock.now());
  const wait = <Value>(answer: Promise<Heard<Value>>): Promise<Heard<Value>> =>
    answerWithin(answer, leftMs());
  return Object.assign(wait, { leftMs });
}
