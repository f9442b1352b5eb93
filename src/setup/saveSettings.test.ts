import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveSettings } from './saveSettings.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plexsync-save-'));
  file = join(folder, 'plexsync.config.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const answers = { plex_url: 'http://plex:32400', plex_token: 'secret', plex_library: ['A, B'] };
const save = (path: string, signal = new AbortController().signal): ReturnType<typeof saveSettings> =>
  saveSettings(path, answers, signal);
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('makes a file that only its owner can read', async () => {
  expect(await save(file)).toEqual({ ok: true, value: undefined });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(answers);
  expect(modeOf(file)).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['plexsync.config.json']);
});

test('keeps what else stands in it, and closes it to others', async () => {
  writeFileSync(file, '\ufeff{"$schema": "x", "max_retries": 7, "plex_token": "old", "theirs": [1]}');
  chmodSync(file, 0o644);
  await save(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    $schema: 'x',
    max_retries: 7,
    theirs: [1],
    ...answers,
  });
  expect(modeOf(file)).toBe(0o600);
});

test('replaces what a link leads to, not the link', async () => {
  const target = join(folder, 'elsewhere.json');
  writeFileSync(target, '{}');
  symlinkSync(target, file);
  await save(file);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual(answers);
});

test('what a kill left half-written is no hindrance', async () => {
  writeFileSync(`${file}.new`, '{"plex_tok', { mode: 0o644 });
  expect((await save(file)).ok).toBe(true);
  expect(modeOf(file)).toBe(0o600);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('a file that is no JSON is left alone, and not quoted', async () => {
  writeFileSync(file, '{"plex_token": hunter2}');
  const saved = await save(file);
  expect(saved).toMatchObject({ ok: false, failure: expect.not.stringContaining('hunter2') });
  expect(readFileSync(file, 'utf8')).toBe('{"plex_token": hunter2}');
});

test('where it cannot be written nothing is left behind', async () => {
  const nowhere = join(folder, 'none', 'plexsync.config.json');
  expect(await save(nowhere)).toEqual({
    ok: false,
    failure: `${nowhere} cannot be written (ENOENT). Its folder does not exist.`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('what was ended before it began is not written', async () => {
  expect((await save(file, AbortSignal.abort())).ok).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
