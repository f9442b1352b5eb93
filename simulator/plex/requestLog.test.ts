import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { visited } from './testing/visitor.ts';

test('a request is kept decoded, with time, kind, status and body hash, but without its token', async () => {
  const { clock, send, simulator } = await visited();
  const path = '/library/sections/1/all?genre%5B0%5D.tag.tag=a%20b&type=1&id=1&X-Plex-Token=simulator-token';
  await send('PUT', path, { body: 'x' });
  const [request] = simulator.log.requests;
  expect(request).toMatchObject({
    method: 'PUT',
    path: '/library/sections/1/all',
    query: [
      ['genre[0].tag.tag', 'a b'],
      ['type', '1'],
      ['id', '1'],
      ['X-Plex-Token', 'redacted'],
    ],
    kind: 'edits',
    urlLength: path.length,
    bodyHash: createHash('sha256').update('x').digest('hex'),
    at: clock.now(),
    status: 200,
  });
  expect(JSON.stringify(request)).not.toContain('simulator-token');
});

test('requests are counted by what they are for', async () => {
  const { edit, send, simulator } = await visited();
  await send('GET', '/identity');
  await send('GET', '/library/sections');
  await send('GET', '/library/sections/1/all?type=1');
  await send('GET', '/library/metadata/1,4');
  await edit({ type: 1, id: 1 });
  expect(simulator.log.counts()).toMatchObject({ identity: 1, index: 2, details: 1, edits: 1, other: 0 });
  simulator.log.clear();
  expect(simulator.log.counts()).toMatchObject({ identity: 0, edits: 0 });
});

describe('the assertions', () => {
  test('let through what PlexSync may do', async () => {
    const { edit, send, simulator } = await visited();
    await edit({ type: 1, id: '1,4', 'title.value': 'x', 'title.locked': 1 });
    await send('PUT', '/library/metadata/1/refresh');
    await send('PUT', '/library/metadata/1?type=1&title.value=x');
    await send('GET', '/library/sections/1/all?type=1');
    expect(() => simulator.log.assertHarmless()).not.toThrow();
  });

  test.each([
    ['PUT', '/library/sections/1/all?type=1&title.value=x', 'edits a whole library'],
    ['PUT', '/library/sections/1/all?type=1&id=&title.value=x', 'edits a whole library'],
    ['PUT', '/library/sections/1/all?id=1&title.value=x', 'edits without type and id'],
    ['PUT', '/library/sections/1/emptyTrash', 'empties the trash'],
    ['DELETE', '/library/metadata/1', 'deletes'],
  ])('catch %s %s', async (method, path, message) => {
    const { send, simulator } = await visited();
    await send(method, path);
    expect(() => simulator.log.assertHarmless()).toThrow(message);
  });
});

test('the longest url and the most writes at once are known', async () => {
  const { send, simulator } = await visited({ latencyMs: 20 });
  const path = '/library/sections/1/all?type=1&id=1';
  await Promise.all([send('PUT', path), send('PUT', `${path},4`), send('GET', '/')]);
  await send('PUT', path);
  expect(simulator.log.maxConcurrentWrites()).toBe(2);
  expect(simulator.log.maxUrlLength()).toBe(path.length + 2);
});

test('requests that are worked on at the same time are counted', async () => {
  const { send, simulator } = await visited();
  const asked = (count: number) =>
    Promise.all(Array.from({ length: count }, () => send('GET', '/library/sections')));
  simulator.faults.add({ fault: 'delay', argument: 50, count: 5 });
  await asked(5);
  expect(simulator.log.inFlight.atMost).toBe(5);
  simulator.log.inFlight.forget();
  await send('GET', '/identity');
  expect(simulator.log.inFlight.atMost).toBe(1);
});
