import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeOperations } from '../../test/fakes/fakeOperations.ts';
import { collectLog } from '../../test/world/collectedLog.ts';
import type { Operations } from '../engine/operations.ts';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import { StoreError } from '../store/storeError.ts';
import { startRelay } from './relay.ts';

const message = 'The disk that holds /data/plexsync.db is full. Free some space on it.';
const full = (): Promise<never> => Promise.reject(new StoreError({ kind: 'full', message }, null));

/** What a plugin's task or operation gets for an answer. */
async function answerTo(args: object, operations: Operations): Promise<unknown> {
  const inboxDir = join(temporaryFolder(), 'inbox');
  mkdirSync(inboxDir);
  writeFileSync(join(inboxDir, 'r1-7'), JSON.stringify({ server_connection: {}, args }));
  const { logger } = collectLog([]);
  const relay = await startRelay({ inboxDir, operations, logger, isExternal: false });
  onTestFinished(() => relay.close());
  return vi.waitFor((): unknown => JSON.parse(readFileSync(join(inboxDir, 'outbox', '7.json'), 'utf8')), {
    interval: 5,
    timeout: 5_000,
  });
}

test('a disk that is full is told in its own words, and is no bug', async () => {
  const operations = fakeOperations({ clearQueue: full });
  expect(await answerTo({ task: 'clear-queue' }, operations)).toEqual({ error: message });
});

test('whoever asks is answered, although nobody can say how it goes', async () => {
  const operations = fakeOperations({ status: full });
  expect(await answerTo({ task: 'clear-queue' }, operations)).toMatchObject({ output: { cleared: 0 } });
});
