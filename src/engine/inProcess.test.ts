import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectLog } from '../../test/world/collectedLog.ts';
import { flagLayer } from '../core/settings/layers.ts';
import { resolveSettings, settingsOf } from '../core/settings/resolve.ts';
import { takeLock } from '../store/sqlite/lock.ts';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import { openOperations } from './inProcess.ts';

const NOBODY = 65_534;

function open(dataDir: string): ReturnType<typeof openOperations> {
  const given = {
    plex_url: 'http://127.0.0.1:1',
    plex_token: 'a-token-of-nobody',
    stash_url: 'http://127.0.0.1:1',
    data_dir: dataDir,
    inbox_dir: join(dataDir, 'inbox'),
  };
  const settings = settingsOf(resolveSettings([flagLayer(given)]));
  if (!settings.ok) throw new Error(settings.failure.join('; '));
  return openOperations({ settings: settings.value, logger: collectLog([]).logger, version: '0.0.0' });
}

async function openAndClose(dataDir: string): Promise<void> {
  const opened = await open(dataDir);
  if (!opened.ok) throw new Error(opened.failure.message);
  await opened.value.close();
}

/** Root may write everywhere: it steps down meanwhile. */
async function asOrdinaryUser<Value>(work: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a database that may only be read is refused in words, and its folder is given back', async () => {
  const dataDir = temporaryFolder();
  if (process.geteuid?.() === 0) chownSync(dataDir, NOBODY, NOBODY);
  await asOrdinaryUser(async () => {
    await openAndClose(dataDir);
    const file = join(dataDir, 'plexsync.db');
    chmodSync(file, 0o444);
    expect(await open(dataDir)).toEqual({
      ok: false,
      failure: { isHeld: false, message: expect.stringContaining(`PlexSync cannot write to ${file} (`) },
    });
    const lock = takeLock({ dataDir, now: 0, role: 'command' });
    expect(lock).toMatchObject({ ok: true });
    if (lock.ok) lock.value.release();
  });
});
