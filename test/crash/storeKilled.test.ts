import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../../src/store/sqlite/lock.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';

const WRITER = fileURLToPath(new URL('./storeWriter.ts', import.meta.url));
const ROUNDS = 20;

interface RunningWriter {
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** How many scenes it has said to be saved. */
  savedSoFar(): number;
}

/** A process that has the lock, and has been writing for some rounds. */
async function startWriter(): Promise<RunningWriter> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plexsync-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const child = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let saved = 0;
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the writer ended by itself with ${code}`)));
    lines.on('line', (line) => {
      saved = Number(line);
      if (saved >= ROUNDS * 10) resolve();
    });
  });
  return { dataDir, child, savedSoFar: () => saved };
}

async function kill({ child }: RunningWriter): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
}

test('what was saved before a SIGKILL is there after it, and nothing is there by half', async () => {
  const writer = await startWriter();
  await kill(writer);
  // Killed, not closed: its log still lies beside the database.
  expect(existsSync(join(writer.dataDir, 'plexsync.db-wal'))).toBe(true);
  const opened = openStore({ dataDir: writer.dataDir, now: 2_000 });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { store } = opened.value;
  const { pending, running } = await store.queue.counts();
  expect(pending + running).toBeGreaterThanOrEqual(writer.savedSoFar());
  expect((pending + running) % 10).toBe(0);
  expect(running).toBeGreaterThanOrEqual(writer.savedSoFar() / 10);

  // Its leases run for hours yet; the next daemon does not wait for them.
  expect(await store.queue.takeOverLeases('next', 2_000)).toBe(running);
  expect(await store.queue.counts()).toMatchObject({ pending: pending + running, running: 0 });
  await store.close();
});

test('the lock of another process is refused with its id while it lives, and free once it was killed', async () => {
  const writer = await startWriter();
  const request = { dataDir: writer.dataDir, now: 2_000, role: 'daemon' } as const;
  const refused = takeLock(request);
  expect(refused).toMatchObject({
    ok: false,
    failure: { kind: 'held', holder: { pid: writer.child.pid, since: 1_000 } },
  });
  await kill(writer);
  const taken = takeLock(request);
  expect(taken.ok).toBe(true);
  if (taken.ok) taken.value.release();
});
