import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openLogFile } from './logFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plexsync-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log file of the plugin', () => {
  test('goes on where the last daemon ended, and only its owner may read it', async () => {
    for (const line of ['one\n', 'two\n']) {
      const log = openLogFile(folder);
      log.write(line);
      await log.close();
    }
    expect(readFileSync(join(folder, 'plexsync.log'), 'utf8')).toBe('one\ntwo\n');
    expect(statSync(join(folder, 'plexsync.log')).mode & 0o777).toBe(0o600);
  });

  test('is put aside at 2 MB, three times, and grows no further', async () => {
    const log = openLogFile(folder);
    const line = `${'x'.repeat(1023)}\n`;
    for (let written = 0; written < 10 * 1024; written++) log.write(line);
    await log.close();
    const sizes = Object.fromEntries(
      readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]),
    );
    expect(Object.keys(sizes).sort()).toEqual([
      'plexsync.1.log',
      'plexsync.2.log',
      'plexsync.3.log',
      'plexsync.log',
    ]);
    expect(Math.max(...Object.values(sizes))).toBeLessThanOrEqual(2 * 1024 * 1024 + 64 * 1024);
  });

  test('costs lines, not the daemon, where it cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const log = openLogFile(join(folder, 'file', 'below'));
    log.write('lost\n');
    await expect(log.close()).resolves.toBeUndefined();
  });

  test('is written again a minute after it could not be', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const inTheWay = join(folder, 'plexsync.log');
    mkdirSync(inTheWay);
    const log = openLogFile(folder);
    log.write('lost\n');
    // Until the stream has failed, which shows nowhere.
    await setTimeout(50);
    rmdirSync(inTheWay);
    log.write('still lost\n');
    vi.setSystemTime(Date.now() + 60_000);
    log.write('there again\n');
    await log.close();
    expect(readFileSync(inTheWay, 'utf8')).toBe('there again\n');
  });
});
