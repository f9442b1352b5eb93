import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isInPlace } from './inPlace.ts';
import { takeLock } from './lock.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

test('a holder sees whether the folder is still the one that it took', () => {
  const dataDir = temporaryFolder();
  const lock = takeLock({ dataDir, now: 1_000, role: 'daemon' });
  if (!lock.ok) throw new Error(lock.failure.message);
  onTestFinished(() => lock.value.release());
  const database = join(dataDir, 'plexsync.db');
  writeFileSync(database, '');
  expect(isInPlace(dataDir, lock.value.holder)).toBe(true);
  rmSync(database);
  expect(isInPlace(dataDir, lock.value.holder)).toBe(false);
  renameSync(dataDir, `${dataDir}-away`);
  onTestFinished(() => rmSync(`${dataDir}-away`, { recursive: true }));
  expect(isInPlace(dataDir, lock.value.holder)).toBe(false);
  mkdirSync(dataDir);
  writeFileSync(database, '');
  writeFileSync(join(dataDir, 'daemon.json'), '{"schema":2,"pid":1,"since":5,"role":"daemon"}');
  expect(isInPlace(dataDir, lock.value.holder)).toBe(false);
});
