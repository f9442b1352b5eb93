import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withSecretFiles } from './secretFiles.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'plexsync-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  return file;
}

test('a secret may stand in a file that the environment names', async () => {
  const environment = { PLEXSYNC_HTTP_PASSWORD_FILE: fileOf('open-sesame\n'), PLEXSYNC_PLEX_URL: 'http://p' };
  expect(await withSecretFiles(environment)).toEqual({
    ok: true,
    value: { PLEXSYNC_HTTP_PASSWORD: 'open-sesame', PLEXSYNC_PLEX_URL: 'http://p' },
  });
});

test('nothing but secrets is read from files', async () => {
  const environment = { PLEXSYNC_PLEX_URL_FILE: fileOf('http://p') };
  expect(await withSecretFiles(environment)).toEqual({ ok: true, value: environment });
});

test('a file that cannot be read is told, and so is a secret that is given twice', async () => {
  expect(await withSecretFiles({ PLEXSYNC_PLEX_TOKEN_FILE: '/no/such/file' })).toEqual({
    ok: false,
    failure: 'PLEXSYNC_PLEX_TOKEN_FILE: /no/such/file cannot be read (ENOENT).',
  });
  const twice = { PLEXSYNC_PLEX_TOKEN: 'a', PLEXSYNC_PLEX_TOKEN_FILE: '/run/secrets/token' };
  expect(await withSecretFiles(twice)).toEqual({
    ok: false,
    failure: 'PLEXSYNC_PLEX_TOKEN and PLEXSYNC_PLEX_TOKEN_FILE are both set: leave one out.',
  });
});
