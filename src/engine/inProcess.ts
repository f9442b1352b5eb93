import { fail, type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './openEngine.ts';
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
}): Promise<Result<OpenedOperations, string>> {
  const opened = await openEngine(request);
  if (!opened.ok) return fail(opened.failure.message);
  const { engine, close } = opened.value;
  await engine.store.queue.takeOverLeases(engine.owner, engine.clock.now());
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
    if (tick.kind === 'worked' || step.kind === 'worked') continue;
    const dueInMs = tick.kind === 'idle' && tick.nextDueAt !== null ? tick.nextDueAt - clock.now() : null;
    if (dueInMs === null || dueInMs > PATIENCE_MS) return;
    await clock.sleep(dueInMs, never);
  }
}
