import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type DataLock, type LockRefusal, takeLock } from './lock.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function take(dataDir: string): DataLock {
  const lock = takeLock({ dataDir, now: NOW, role: 'daemon' });
  if (!lock.ok) throw new Error(lock.failure.message);
  onTestFinished(() => lock.value.release());
  return lock.value;
}

function refused(dataDir: string): LockRefusal {
  const lock = takeLock({ dataDir, now: NOW + 1, role: 'command' });
  if (lock.ok) expect.fail('the lock was given twice');
  return lock.failure;
}

test('a folder that is in use is refused at once, with who uses it', () => {
  const dataDir = temporaryFolder();
  take(dataDir);
  expect(refused(dataDir)).toEqual({
    kind: 'held',
    holder: { pid: process.pid, since: NOW, role: 'daemon' },
    message: `Another PlexSync is using the data folder ${dataDir} (process ${process.pid}, since 2026-01-02T03:04:05.000Z). Stop it, or set data_dir to another folder.`,
  });
  expect(refused(dataDir)).toMatchObject({ kind: 'held' });
});

test('a released folder can be taken again, and names nobody', () => {
  const dataDir = temporaryFolder();
  take(dataDir).release();
  expect(existsSync(join(dataDir, 'daemon.json'))).toBe(false);
  take(dataDir);
});

test('releasing twice does no harm to the next holder', () => {
  const dataDir = temporaryFolder();
  const first = take(dataDir);
  first.release();
  take(dataDir);
  first.release();
  expect(refused(dataDir)).toMatchObject({ holder: { pid: process.pid } });
});

test('the holder of a folder that was removed takes nothing from the one that was made in its place', () => {
  const dataDir = temporaryFolder();
  const old = take(dataDir);
  rmSync(dataDir, { recursive: true });
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'daemon.json'), '{"schema":2,"pid":1,"since":5,"role":"daemon"}');
  old.release();
  expect(existsSync(join(dataDir, 'daemon.json'))).toBe(true);
});

test.each([
  ['is not there', null],
  ['is garbage', '{"pid":'],
  ['is of another schema', '{"schema":1,"pid":1,"since":2}'],
])('a folder in use is refused although daemon.json %s', (_, content) => {
  const dataDir = temporaryFolder();
  take(dataDir);
  const file = join(dataDir, 'daemon.json');
  writeFileSync(file, content ?? '');
  expect(refused(dataDir)).toMatchObject({ kind: 'held', holder: null });
});

test('two folders can be used at once', () => {
  take(temporaryFolder());
  expect(takeLock({ dataDir: temporaryFolder(), now: NOW, role: 'command' })).toMatchObject({ ok: true });
});

test('the lock and its holder can be read by their owner only', () => {
  const dataDir = temporaryFolder();
  take(dataDir);
  const modes = ['daemon.lock', 'daemon.json'].map((name) => statSync(join(dataDir, name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o600]);
  expect(JSON.parse(readFileSync(join(dataDir, 'daemon.json'), 'utf8'))).toEqual({
    schema: 2,
    pid: process.pid,
    since: NOW,
    role: 'daemon',
  });
});

test('a folder that cannot be made is refused with the reason', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(refused(join(file, 'data'))).toMatchObject({
    kind: 'not-writable',
    message: expect.stringContaining('ENOTDIR'),
  });
});
