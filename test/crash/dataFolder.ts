import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { environmentLayer } from '../../src/core/settings/layers.ts';
import { resolveSettings, settingsOf } from '../../src/core/settings/resolve.ts';
import { openOperations } from '../../src/engine/inProcess.ts';
import type { BothServers } from '../processes/bothServers.ts';
import { eventually } from '../processes/eventually.ts';
import { collectLog } from '../world/collectedLog.ts';

/** All scenes are brought to Plex once, as on any evening before; without a process of its own. */
export async function syncOnce(servers: BothServers, numbers: readonly number[]): Promise<void> {
  const opened = await open(servers);
  await opened.operations.sync({ kind: 'all' });
  await opened.drain();
  await opened.close();
  expect(servers.differences(numbers)).toEqual([]);
}

/** To be asked when the daemon has ended. */
export async function expectSoundDatabase(servers: BothServers): Promise<void> {
  const opened = await open(servers);
  const { queue } = await opened.operations.status();
  const entries = await opened.operations.history({ limit: 10_000 });
  await opened.close();
  expect(queue).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 0 });
  expect(entries.filter(({ state }) => state === 'sent')).toEqual([]);
  const database = new DatabaseSync(path.join(servers.dataDir, 'plexsync.db'));
  const answers = database.prepare('PRAGMA integrity_check').all();
  database.close();
  expect(answers).toEqual([{ integrity_check: 'ok' }]);
}

async function open({ env }: BothServers) {
  const settings = settingsOf(resolveSettings([environmentLayer(env)]));
  if (!settings.ok) throw new Error(settings.failure.join('; '));
  const { logger } = collectLog([settings.value.plex_token]);
  return eventually(async () => {
    const opened = await openOperations({ settings: settings.value, logger, version: '0.0.0' });
    if (!opened.ok) throw new Error(opened.failure.message);
    return opened.value;
  });
}
