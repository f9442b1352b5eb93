import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import { bringForward } from './bringForward.ts';
import type { Engine } from './engine.ts';
import { type OpenRefusal, openEngine, orRefuse } from './openEngine.ts';
import type { Operations } from './operations.ts';
import { operationsOf } from './operationsOf.ts';
import { noteDryRun } from './takeUpWork.ts';

export interface OpenedOperations {
  readonly operations: Operations;
  /** Works off what is due, as the daemon would; ends when nothing is due soon, or nothing can be done. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** The operations without a daemon: the caller holds the data directory for as long as this is open. */
export async function openOperations(request: {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly version: string;
  /** See {@link OpenRequest.problems}. */
  readonly problems?: readonly string[];
}): Promise<Result<OpenedOperations, OpenRefusal>> {
  // The command looks for a daemon again: what holds the folder may be one that is just starting.
  const opened = await openEngine({ ...request, role: 'command', patience: 'nobody' });
  if (!opened.ok) return opened;
  const { engine, close } = opened.value;
  const { store, owner, clock } = engine;
  const takeUp = async (): Promise<void> => {
    await store.queue.takeOverLeases(owner, clock.now());
    await bringForward(engine);
  };
  const taken = await orRefuse(takeUp, close);
  if (!taken.ok) return taken;
  return succeed({
    operations: operationsOf(engine, {
      version: request.version,
      daemon: null,
      onQueued: () => undefined,
    }),
    drain: () => drain(engine),
    close,
  });
}

/** Edits that Plex shows late are looked at again within this time (core/backoff.ts, verification). */
const PATIENCE_MS = 10_000;

async function drain(engine: Engine): Promise<void> {
  const { worker, reconcile, clock } = engine;
  await noteDryRun(engine);
  const never = new AbortController().signal;
  for (;;) {
    const tick = await worker.tick();
    const step = await reconcile.tick();
    if (tick.kind === 'worked') await clock.sleep(tick.restMs, never);
    if (step.kind === 'worked') await clock.sleep(step.restMs, never);
    if (tick.kind === 'worked' || step.kind === 'worked') continue;
    const dueInMs = tick.kind === 'idle' && tick.nextDueAt !== null ? tick.nextDueAt - clock.now() : null;
    if (dueInMs === null || dueInMs > PATIENCE_MS) return;
    await clock.sleep(dueInMs, never);
  }
}
