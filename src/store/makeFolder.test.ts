import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeFolder } from './makeFolder.ts';
import { temporaryFolder } from './sqlite/testing/temporaryFolder.ts';

const MODE = 0o700;
let base: string;
beforeEach(() => {
  base = temporaryFolder();
});

test('a folder is made with all it lies in, and the outermost of them is told', () => {
  const folder = join(base, 'a', 'b', 'c');
  expect(makeFolder(folder, MODE)).toBe(join(base, 'a'));
  expect(statSync(folder).mode & 0o777).toBe(MODE);
  expect(makeFolder(join(base, 'a', 'd'), MODE)).toBe(join(base, 'a', 'd'));
});

test('one that is there is left as it is, also behind a link', () => {
  mkdirSync(join(base, 'there'), 0o755);
  symlinkSync(join(base, 'there'), join(base, 'link'));
  for (const name of ['there', 'link']) expect(makeFolder(join(base, name), MODE)).toBeUndefined();
  expect(statSync(join(base, 'there')).mode & 0o777).toBe(0o755);
});

test.skipIf(!existsSync('/proc/self'))(
  'one below a file system that takes none is refused, and not tried for ever',
  () => {
    expect(() => makeFolder('/proc/plexsync/data', MODE)).toThrow(/^ENOENT: .*mkdir '\/proc\/plexsync'$/);
  },
);

test('one below or in the place of a file, or of a link that leads nowhere, is refused', () => {
  writeFileSync(join(base, 'file'), '');
  symlinkSync(join(base, 'nowhere'), join(base, 'loose'));
  expect(() => makeFolder(join(base, 'file', 'data'), MODE)).toThrow('ENOTDIR');
  expect(() => makeFolder(join(base, 'file'), MODE)).toThrow('EEXIST');
  expect(() => makeFolder(join(base, 'loose', 'data'), MODE)).toThrow('ENOENT');
});
