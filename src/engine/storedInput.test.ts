import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStoredInput } from './storedInput.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stored-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (content: string) => {
  const file = path.join(folder, 'v1-event');
  writeFileSync(file, content);
  return readStoredInput(file);
};

test('what is read of a file takes no more memory than it has bytes: a round reads hundreds', async () => {
  const { bytes } = await read('{"args":{}}');
  expect(Buffer.from(bytes).toString()).toBe('{"args":{}}');
  expect(bytes.buffer.byteLength).toBe(bytes.length);
});

test('an empty file has no bytes, and of a long one no more than hook.sh keeps is read', async () => {
  expect((await read('')).bytes).toHaveLength(0);
  expect((await read('x'.repeat(100_000))).bytes).toHaveLength(65_536);
});
