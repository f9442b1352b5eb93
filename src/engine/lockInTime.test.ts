import { describe, expect, onTestFinished, test } from 'vitest';
import { collectLog } from '../../test/world/collectedLog.ts';
import { type DataLock, type LockRole, takeLock } from '../store/sqlite/lock.ts';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import type { Clock } from './clock.ts';
import { type LockPatience, takeLockInTime } from './lockInTime.ts';

interface Waiting {
  readonly heldBy: LockRole;
  readonly patience: LockPatience;
  /** When the holder gives it back; never when absent. */
  readonly releasedAfterMs?: number;
  readonly endedAfterMs?: number;
}

/** What comes of it, how long it took, and what was told. */
async function waitFor({ heldBy, patience, releasedAfterMs, endedAfterMs }: Waiting) {
  const dataDir = temporaryFolder();
  const held = taken(takeLock({ dataDir, now: 0, role: heldBy }));
  let now = 0;
  const ending = new AbortController();
  const clock: Clock = {
    now: () => now,
    sleep: (ms) => {
      now += ms;
      if (releasedAfterMs !== undefined && now >= releasedAfterMs) held.release();
      if (endedAfterMs !== undefined && now >= endedAfterMs) ending.abort();
      return Promise.resolve();
    },
  };
  const log = collectLog([]);
  const { logger } = log;
  const outcome = await takeLockInTime({
    dataDir,
    role: 'daemon',
    patience,
    clock,
    logger,
    signal: ending.signal,
  });
  if (outcome.ok) taken(outcome);
  return { ok: outcome.ok, waitedMs: now, told: log.lines.length };
}

function taken(lock: ReturnType<typeof takeLock>): DataLock {
  if (!lock.ok) throw new Error(lock.failure.message);
  onTestFinished(() => lock.value.release());
  return lock.value;
}

describe('a data folder that a command uses for a moment', () => {
  test.each<LockPatience>(['anyone', 'commands'])(
    'is waited for with patience for %s, told once',
    async (patience) => {
      expect(await waitFor({ heldBy: 'command', patience, releasedAfterMs: 1_500 })).toEqual({
        ok: true,
        waitedMs: 1_500,
        told: 1,
      });
    },
  );

  test('is refused when the command takes longer than ten seconds', async () => {
    expect(await waitFor({ heldBy: 'command', patience: 'anyone' })).toEqual({
      ok: false,
      waitedMs: 10_000,
      told: 1,
    });
  });

  test('is waited for no longer than this process is to live', async () => {
    expect(await waitFor({ heldBy: 'command', patience: 'anyone', endedAfterMs: 300 })).toMatchObject({
      ok: false,
      waitedMs: 300,
    });
  });

  test('is not waited for by another command: that asks for a daemon again instead', async () => {
    expect(await waitFor({ heldBy: 'command', patience: 'nobody' })).toEqual({
      ok: false,
      waitedMs: 0,
      told: 0,
    });
  });
});

describe('a data folder that a daemon uses', () => {
  test('is waited for by a service: the daemon may be ending', async () => {
    expect(await waitFor({ heldBy: 'daemon', patience: 'anyone', releasedAfterMs: 3_000 })).toMatchObject({
      ok: true,
    });
  });

  test('is left to it at once by a daemon that is one of several', async () => {
    expect(await waitFor({ heldBy: 'daemon', patience: 'commands' })).toEqual({
      ok: false,
      waitedMs: 0,
      told: 0,
    });
  });
});
