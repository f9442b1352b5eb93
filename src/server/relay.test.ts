import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeOperations, quietStatus } from '../../test/fakes/fakeOperations.ts';
import { collectLog } from '../../test/world/collectedLog.ts';
import { fail, succeed } from '../core/result.ts';
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

test('a task that queues something says for what that waits', async () => {
  const stop = { reason: 'Most links fail.', advice: 'Run plexsync resume.', since: 0 };
  const operations = fakeOperations({ status: () => Promise.resolve({ ...quietStatus, stop }) });
  const message =
    'PlexSync looks at every scene as soon as it can. Stopped: Most links fail. Run plexsync resume.';
  const sync = () => Promise.resolve(succeed({ added: 1, coalesced: 0, scenes: null }));
  expect(await answerTo({ task: 'sync-all' }, { ...operations, sync })).toMatchObject({
    output: { message },
  });
});

test('a task of a PlexSync that is switched off is refused with what to do', async () => {
  const failure = {
    class: 'settings',
    message: 'PlexSync is switched off.',
    advice: 'Switch it on.',
  } as const;
  const retry = () => Promise.resolve(fail(failure));
  expect(await answerTo({ task: 'retry-dead' }, fakeOperations({ retry }))).toEqual({
    error: 'PlexSync is switched off. Switch it on.',
  });
});

test('whoever asks is answered, although nobody can say how it goes', async () => {
  const operations = fakeOperations({ status: full });
  expect(await answerTo({ task: 'clear-queue' }, operations)).toMatchObject({ output: { cleared: 0 } });
});
