import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultName } from './faults.ts';
import { type StashSimulator, startStashSimulator } from './simulator.ts';

let stash: StashSimulator;
beforeEach(async () => {
  stash = await startStashSimulator();
  stash.library.addScene({ title: 'before', files: [{ path: '/data/a.mp4' }] });
});
afterEach(() => stash.close());

const EDIT = 'mutation { sceneUpdate(input: { id: 1, title: "after" }) { id } }';
const ask = async (query: string, signal?: AbortSignal) => {
  const answer = await fetch(`${stash.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
};
const title = () => stash.library.scenes.get(1)?.title;

describe('a fault takes the place of the answer, and the edit is not made:', () => {
  test.each<[FaultName, object]>([
    ['html', { status: 200, type: 'text/html', body: expect.stringContaining('<html>') }],
    ['proxyDown', { status: 502, type: 'text/html' }],
    ['unauthorized', { status: 401, body: '' }],
    ['badRequest', { status: 400, body: expect.stringContaining('GRAPHQL_VALIDATION_FAILED') }],
    ['nullData', { status: 200, body: '{"data":null}' }],
    [
      'busy',
      {
        status: 200,
        body: '{"errors":[{"message":"database is locked","path":["sceneUpdate"]}],"data":{"sceneUpdate":null}}',
      },
    ],
    ['needsMigration', { status: 200, body: expect.stringContaining('database not initialized') }],
  ])('%s', async (fault, answer) => {
    stash.faults.add({ fault });
    expect(await ask(EDIT)).toMatchObject(answer);
    expect(title()).toBe('before');
  });

  test('reset', async () => {
    stash.faults.add({ fault: 'reset' });
    await expect(ask(EDIT)).rejects.toThrow('fetch failed');
    expect(title()).toBe('before');
    expect(stash.log.requests).toMatchObject([{ status: null }]);
  });

  test('silent', async () => {
    stash.faults.add({ fault: 'silent' });
    await expect(ask(EDIT, AbortSignal.timeout(50))).rejects.toThrow('timeout');
    expect(title()).toBe('before');
  });
});

test('a cut answer comes after the edit was made', async () => {
  stash.faults.add({ fault: 'cut' });
  await expect(ask(EDIT)).rejects.toThrow('terminated');
  expect(title()).toBe('after');
});

test('a Stash that needs a migration still tells its status and version', async () => {
  stash.faults.add({ fault: 'needsMigration' });
  const { body } = await ask('{ systemStatus { status } version { hash } }');
  expect(JSON.parse(body).data).toMatchObject({ systemStatus: { status: 'NEEDS_MIGRATION' } });
});

test('a fault hits as many requests as it is told, of those whose document contains a text', async () => {
  stash.faults.add({ fault: 'nullData', times: 2, matching: 'sceneUpdate' });
  const statuses = [];
  for (const query of [EDIT, '{ version { hash } }', EDIT, EDIT])
    statuses.push((await ask(query)).body === '{"data":null}');
  expect(statuses).toEqual([true, false, true, false]);
});

test('without a number it hits all until cleared', async () => {
  stash.faults.add({ fault: 'unauthorized' });
  for (let n = 0; n < 3; n++) expect((await ask(EDIT)).status).toBe(401);
  stash.faults.clear();
  expect((await ask(EDIT)).status).toBe(200);
});

test('a Stash that was down comes back on its port, and knows what it knew', async () => {
  await stash.goDown();
  await expect(ask(EDIT)).rejects.toThrow('fetch failed');
  await stash.comeBack();
  expect((await ask(EDIT)).status).toBe(200);
  expect(title()).toBe('after');
});
