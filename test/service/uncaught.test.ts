import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const TOKEN = 'plex-token-7f3a';
/** A bug that no promise and no try of ours catches, soon after the command has begun. */
const BUG = `data:text/javascript,process.once('newListener', () => setTimeout(() => { throw new TypeError('lost ${TOKEN}') }, 100))`;

function run(args: readonly string[]): { readonly code: number | null; readonly err: string } {
  const folder = mkdtempSync(join(tmpdir(), 'plexsync-uncaught-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const main = join(import.meta.dirname, '../../src/cli/main.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--import', BUG, main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PLEXSYNC_PLEX_URL: 'http://127.0.0.1:9',
      PLEXSYNC_PLEX_TOKEN: TOKEN,
      PLEXSYNC_STASH_URL: 'http://127.0.0.1:9',
      PLEXSYNC_DATA_DIR: folder,
    },
  });
  return { code: status, err: stderr };
}

test('an error that nothing caught is one line without stack and secret; --debug shows where', () => {
  // It waits for what is tried again, and so is still there.
  const { code, err } = run(['sync', '1']);
  expect(err).toBe('Unexpected error: lost [redacted]\nRun it again with --debug to see where.\n');
  expect(code).toBe(1);
  const debugged = run(['sync', '1', '--debug']);
  expect(debugged.err).toMatch(/TypeError: lost \[redacted\]\n\s+at /);
  expect(debugged.err).not.toContain(TOKEN);
});
