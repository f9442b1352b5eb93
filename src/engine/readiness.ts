import type { Engine } from './engine.ts';
import type { Status } from './operations.ts';
import { STOP_ADVICE } from './safetyStop.ts';

/** What may keep work from being done. Unlike the whole status it counts nothing, so it may be asked often. */
export type Readiness = Pick<Status, 'setup' | 'stop' | 'pauses' | 'breakers'>;

export async function readReadiness({ problems, gate, stop }: Engine): Promise<Readiness> {
  const stands = await stop.current();
  return {
    setup: problems.length === 0 ? null : { problems },
    breakers: await gate.breakers(),
    pauses: gate.pauses().map(({ failure, since }) => ({ failure, since })),
    stop:
      stands === null
        ? null
        : {
            kind: stands.kind,
            reason: stands.reason,
            advice: STOP_ADVICE[stands.kind],
            since: stands.since,
          },
  };
}
