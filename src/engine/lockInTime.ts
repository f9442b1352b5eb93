import type { Result } from '../core/result.ts';
import type { Logger } from '../log/logger.ts';
import { type DataLock, type LockRefusal, type LockRole, takeLock } from '../store/sqlite/lock.ts';
import type { Clock } from './clock.ts';

/** A command that only reads is done by then, and so is a daemon that is ending (its grace is 3 s). */
const PATIENCE_MS = 10_000;
const LOOK_MS = 100;

export interface LockRequest {
  readonly dataDir: string;
  readonly role: LockRole;
  readonly patience: LockPatience;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Whose end is waited for; a daemon that is one of several leaves the work to the one that runs. */
export type LockPatience = 'nobody' | 'commands' | 'anyone';

/** Takes the lock of a data folder, once whoever has it for a moment has given it back. */
export async function takeLockInTime(request: LockRequest): Promise<Result<DataLock, LockRefusal>> {
  const { dataDir, role, clock, logger, signal } = request;
  const until = clock.now() + PATIENCE_MS;
  for (let tries = 1; ; tries++) {
    const lock = takeLock({ dataDir, now: clock.now(), role });
    if (lock.ok || lock.failure.kind !== 'held') return lock;
    const { holder } = lock.failure;
    const isOver = clock.now() >= until || signal.aborted;
    if (isOver || !isWaitedFor(holder?.role, request.patience)) return lock;
    if (tries === 1) {
      logger.info(
        { dataDir, process: holder?.pid ?? null },
        `another PlexSync is using the data folder: waiting up to ${PATIENCE_MS / 1000} s for its end`,
      );
    }
    await clock.sleep(LOOK_MS, signal);
  }
}

/** Who has not said yet what it is gets the time to say it. */
function isWaitedFor(role: LockRole | undefined, patience: LockPatience): boolean {
  switch (patience) {
    case 'nobody':
      return false;
    case 'commands':
      return role !== 'daemon';
    case 'anyone':
      return true;
  }
}
