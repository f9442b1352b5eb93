import type { Settings } from '../core/settings/table.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Logger } from '../log/logger.ts';
import { openEngine } from './openEngine.ts';
import type { Operations } from './operations.ts';
import { operationsOf } from './operationsOf.ts';

export interface OpenedOperations {
  readonly operations: Operations;
  /** Works off what is due now, as the daemon would. Returns when nothing is due, or nothing can be done. */
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
  if (!opened.ok) return fail(opened.failure);
  const { engine, close } = opened.value;
  await engine.store.queue.takeOverLeases(engine.owner, engine.clock.now());
  return succeed({
    operations: operationsOf(engine, {
      version: request.version,
      daemon: null,
      onQueued: () => undefined,
    }),
    drain: async () => {
      while ((await engine.worker.tick()).kind === 'worked');
    },
    close,
  });
}
