import { copyFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import { bundleMark } from './surroundings.ts';

test('a bundle is another one when something else stands in it, and not for another number or time of its file', async () => {
  const file = join(temporaryFolder(), 'daemon.cjs');
  expect(await bundleMark(file)).toBeNull();
  writeFileSync(file, 'one');
  utimesSync(file, 1, 1);
  const mark = await bundleMark(file);
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
  expect(await bundleMark(file)).toBe(mark);
  writeFileSync(file, 'two');
  utimesSync(file, 1, 1);
  expect(await bundleMark(file)).not.toBe(mark);
  rmSync(file);
  expect(await bundleMark(file)).toBeNull();
});
