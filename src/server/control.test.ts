import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeOperations, fakeOperations, quietStatus } from '../../test/fakes/fakeOperations.ts';
import { ratingKey, sceneId, sectionUuid } from '../core/ids.ts';
import { fail } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Operations } from '../engine/operations.ts';
import { createLogger } from '../log/logger.ts';
import { StoreError } from '../store/storeError.ts';
import { controlAddress } from './controlAddress.ts';
import { controlApp } from './controlApp.ts';
import { ControlError, connectControl } from './controlClient.ts';
import { CONTROL_PROTOCOL, operationPath } from './controlOperations.ts';
import { type ControlServer, startControlServer } from './controlServer.ts';

const log: string[] = [];
const logger = createLogger({
  level: 'info',
  secrets: [],
  isTerminal: false,
  hidesPaths: false,
  write: (line) => log.push(line),
});
let dataDir: string;
let server: ControlServer | null = null;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plexsync-control-'));
  log.length = 0;
});
afterEach(async () => {
  await server?.close();
  server = null;
  await rm(dataDir, { recursive: true, force: true });
});

async function serve(operations: Operations, folder = dataDir): Promise<Operations> {
  const address = controlAddress(folder);
  server = await startControlServer({ address, operations, logger });
  const connected = await connectControl(address);
  if (!connected.ok) throw new Error(connected.failure.message);
  return connected.value;
}

describe('over the socket', () => {
  test('every operation arrives with its input and brings its answer back', async () => {
    const behind = fakeOperations();
    const client = await serve(behind);
    const scene = sceneId('42');
    const asked: FakeOperations['calls'] = [
      ['status'],
      ['queue', { states: ['pending', 'dead'], limit: 5 }],
      ['dead', { class: 'no-match', limit: 5 }],
      ['dead', { limit: 5 }],
      ['sync', { kind: 'scenes', scenes: [scene] }],
      ['sync', { kind: 'recent', sinceMs: 86_400_000 }],
      ['sync', { kind: 'all' }],
      ['reconcile'],
      ['cancelReconcile'],
      ['gaps', { limit: 7 }],
      ['retry', { kind: 'all' }],
      ['retry', { kind: 'class', class: 'rejected' }],
      ['retry', { kind: 'subjects', subjects: [sceneSubject(scene), { kind: 'library', id: 'all' }] }],
      ['clearDead', { kind: 'class', class: 'rejected' }],
      ['clearQueue'],
      ['doctor'],
      ['plan', [scene]],
      ['planPage', { after: null, limit: 500 }],
      ['planPage', { after: scene, limit: 1 }],
      ['pauseReconcile'],
      ['resumeReconcile'],
      ['runFirstSync'],
      ['history', { scene, limit: 3 }],
      ['scene', { scene }],
      ['pin', { scene, item: { section: sectionUuid('library'), ratingKey: ratingKey('7') } }],
      ['pin', { scene, item: { section: null, ratingKey: ratingKey('7') } }],
      ['unpin', { scene }],
      ['resume'],
      ['adoptServer'],
    ];
    const answers: unknown[] = [];
    for (const [name, input] of asked) answers.push(await Reflect.apply(client[name], client, [input]));
    expect(behind.calls).toEqual(asked);
    expect(answers[0]).toEqual(quietStatus);
    expect(answers[4]).toEqual({ ok: true, value: { added: 1, coalesced: 0, scenes: 1 } });
  });

  test('a failure that is part of the job comes back as it is', async () => {
    const failure = { class: 'unreachable', peer: 'stash', message: 'Stash refused the connection' } as const;
    const client = await serve(fakeOperations({ plan: () => Promise.resolve(fail(failure)) }));
    expect(await client.plan([])).toEqual({ ok: false, failure });
  });

  test('a bug in an operation is told, logged with its cause, and the next call works', async () => {
    const client = await serve(fakeOperations({ resume: () => Promise.reject(new Error('no such row')) }));
    await expect(client.resume()).rejects.toThrow(new ControlError('unexpected error: no such row'));
    expect(log.join('')).toContain('no such row');
    expect(await client.status()).toEqual(quietStatus);
  });

  test('a disk that fails under an operation is told in its own words, and is no bug', async () => {
    const full = new StoreError({ kind: 'full', message: 'The disk is full. Free some space on it.' }, null);
    const client = await serve(fakeOperations({ resume: () => Promise.reject(full) }));
    await expect(client.resume()).rejects.toThrow(new ControlError(full.message));
    expect(log.join('')).toContain(full.message);
    expect(log.join('')).not.toContain('unexpected');
  });

  test.each(['../x', '0', '00003', ''])('the id “%s” is refused before any operation runs', async (id) => {
    const behind = fakeOperations();
    const client = await serve(behind);
    await expect(client.plan([sceneId(id)])).rejects.toThrow('plan: 0: an id is a whole number from 1 on');
    expect(behind.calls).toEqual([]);
  });
});

test('a plan of too many scenes is refused with what to ask instead', async () => {
  const client = await serve(fakeOperations());
  const scenes = Array.from({ length: 501 }, (_, index) => sceneId(String(index + 1)));
  await expect(client.plan(scenes)).rejects.toThrow(
    '501 scenes are too many for one plan, which takes 500 at most: ask in parts, or page by page with planPage',
  );
  await expect(client.planPage({ after: null, limit: 501 })).rejects.toThrow('planPage: limit');
  expect(await client.plan(scenes.slice(1))).toMatchObject({ ok: true });
});

describe('the socket', () => {
  test('is open to this user only', async () => {
    await serve(fakeOperations());
    expect((await stat(controlAddress(dataDir))).mode & 0o777).toBe(0o600);
  });

  test('is gone after close, and a client then finds nobody', async () => {
    await serve(fakeOperations());
    await server?.close();
    server = null;
    expect(await connectControl(controlAddress(dataDir))).toMatchObject({
      ok: false,
      failure: { kind: 'absent' },
    });
  });

  test('that a killed daemon left behind is replaced', async () => {
    await writeFile(controlAddress(dataDir), '');
    const client = await serve(fakeOperations());
    expect(await client.status()).toEqual(quietStatus);
  });

  test('of a data directory with a very long path works as well, in a folder closed to others', async () => {
    const deep = join(dataDir, 'x'.repeat(120));
    await mkdir(deep);
    const client = await serve(fakeOperations(), deep);
    expect(await client.status()).toEqual(quietStatus);
    const address = controlAddress(deep);
    expect(address.startsWith(deep)).toBe(false);
    expect((await stat(join(address, '..'))).mode & 0o777).toBe(0o700);
  });
});

describe('a client', () => {
  test('refuses a daemon that speaks another protocol', async () => {
    const other = createServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{"protocol":0}');
    }).listen(controlAddress(dataDir));
    try {
      expect(await connectControl(controlAddress(dataDir))).toMatchObject({
        ok: false,
        failure: { kind: 'unusable', message: expect.stringContaining('restart the daemon') },
      });
    } finally {
      other.close();
    }
  });
});

describe('requests that no client of ours sends', () => {
  const post = (path: string, body: string): Promise<Response> =>
    Promise.resolve(controlApp(fakeOperations(), logger).request(path, { method: 'POST', body }));

  test.each([
    [operationPath('queue'), '{"input":{"states":["pending"],"limit":0}}', 400],
    [operationPath('queue'), '{"input":{"states":["lost"],"limit":1}}', 400],
    [operationPath('retry'), '{"input":{"kind":"all","more":1}}', 400],
    [operationPath('status'), 'not json', 400],
    [operationPath('status'), '[]', 200],
    [operationPath('sync'), '5', 400],
    [operationPath('drop'), '{}', 404],
    ['/0/status', '{}', 404],
  ])('%s %s is answered with %i', async (path, body, status) => {
    expect((await post(path, body)).status).toBe(status);
  });

  test('one that is wrong in a thousand ways is refused in some words', async () => {
    const scenes = Array.from({ length: 1_000 }, () => 'x'.repeat(1_000));
    const answer = await post(operationPath('plan'), JSON.stringify({ input: scenes }));
    expect(answer.status).toBe(400);
    expect((await answer.text()).length).toBeLessThan(5_000);
  });

  test('one without end is cut off', async () => {
    const answer = await post(operationPath('sync'), `"${'x'.repeat(3_000_000)}"`);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ protocol: CONTROL_PROTOCOL, error: 'the request is too large' });
  });
});
