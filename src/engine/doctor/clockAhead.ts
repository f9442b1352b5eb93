import type { Heard } from '../../core/doctor/finding.ts';
import { type Result, succeed } from '../../core/result.ts';
import type { Clock } from '../clock.ts';

/** How far a server's clock is ahead of ours (ms). It was read some time between question and answer. */
export async function clockAhead(
  clock: Clock,
  ask: () => Promise<Result<number | null>>,
): Promise<Heard<number | null>> {
  const askedAt = clock.now();
  const told = await ask();
  if (!told.ok || told.value === null) return told;
  return succeed(told.value - (askedAt + clock.now()) / 2);
}
