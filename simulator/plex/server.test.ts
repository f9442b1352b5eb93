import { describe, expect, test } from 'vitest';
import { steppedClock } from './clock.ts';
import { visited } from './testing/visitor.ts';

describe('tokens', () => {
  test.each([
    ['none', '', 401],
    ['a wrong one', 'wrong', 401],
    ['the right one', 'simulator-token', 200],
  ])('%s in the header', async (_name, token, status) => {
    const { send } = await visited();
    expect((await send('GET', '/', { headers: { 'X-Plex-Token': token } })).status).toBe(status);
  });

  test('may stand in the query; identity needs none; refusals are HTML', async () => {
    const { simulator } = await visited();
    expect((await fetch(`${simulator.url}/?X-Plex-Token=simulator-token`)).status).toBe(200);
    expect((await fetch(`${simulator.url}/identity`)).status).toBe(200);
    const refused = await fetch(`${simulator.url}/library/sections`, {
      headers: { accept: 'application/json' },
    });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([401, 'text/html']);
  });

  test('may be revoked while it runs, and another accepted', async () => {
    const { send, simulator } = await visited();
    simulator.library.revokeToken(simulator.token);
    expect((await send('GET', '/')).status).toBe(401);
    simulator.library.acceptToken('new');
    expect((await send('GET', '/', { headers: { 'X-Plex-Token': 'new' } })).status).toBe(200);
  });
});

test('an unknown path is 404 in HTML', async () => {
  const { send } = await visited();
  expect((await send('GET', '/nothing/here')).status).toBe(404);
});

test('a starting server answers 503 on every path, identity too, until its clock says it is up', async () => {
  const { clock, send } = await visited({ maintenanceMs: 5000 });
  const response = await send('GET', '/identity');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('title="Maintenance"');
  clock.advance(5000);
  expect((await send('GET', '/identity')).status).toBe(200);
});

test('a server that is down refuses connections, and comes back on its port with what it held', async () => {
  const { clock, edit, send, simulator } = await visited();
  await edit({ type: 1, id: 1, 'title.value': 'Kept', 'title.locked': 1 });
  await simulator.goDown();
  await expect(send('GET', '/identity')).rejects.toThrow('fetch failed');
  await simulator.comeBack({ maintenanceMs: 1000 });
  expect((await send('GET', '/identity')).status).toBe(503);
  clock.advance(1000);
  expect(await (await send('GET', '/library/metadata/1')).text()).toContain('title="Kept"');
});

test('a request at work when the server goes down is cut off', async () => {
  const { send, simulator } = await visited();
  simulator.faults.add({ fault: 'never' });
  const answer = send('GET', '/').then(
    () => 'answered',
    () => 'cut off',
  );
  // Sent before, so it has arrived once a later one is answered.
  await send('GET', '/identity');
  await simulator.goDown();
  expect(await answer).toBe('cut off');
});

test('behind a proxy only its base path leads to the server', async () => {
  const { send, simulator } = await visited({ basePath: '/plex' });
  expect(simulator.url).toMatch(/\/plex$/);
  expect((await send('GET', '/identity')).status).toBe(200);
  expect((await fetch(`${simulator.url.replace('/plex', '')}/identity`)).status).toBe(502);
});

test('another server may answer on the same address', async () => {
  const { get, simulator } = await visited();
  const before = (await get('/identity')).machineIdentifier;
  simulator.library.replaceServer('0000');
  expect([before === '0000', (await get('/identity')).machineIdentifier]).toEqual([false, '0000']);
});

describe('ratings and play state', () => {
  const rate = (rating: string) => `/:/rate?key=1&identifier=com.plexapp.plugins.library&rating=${rating}`;

  test.each(['10.5', '-2', 'x', ''])('a rating of %j is refused', async (rating) => {
    const { send } = await visited();
    expect((await send('PUT', rate(rating))).status).toBe(400);
  });

  test('-1 takes a rating away', async () => {
    const { item, send } = await visited();
    await send('PUT', rate('8.5'));
    expect((await item('1')).userRating).toBe(8.5);
    await send('PUT', rate('-1'));
    expect(await item('1')).not.toHaveProperty('userRating');
  });

  test.each(['GET', 'PUT'])('%s marks played and unplayed, for the asking user alone', async (method) => {
    const { item, send } = await visited({ guestToken: 'guest' });
    const query = 'key=1&identifier=com.plexapp.plugins.library';
    await send(method, `/:/scrobble?${query}`, { headers: { 'X-Plex-Token': 'guest' } });
    expect(await item('1')).not.toHaveProperty('viewCount');
    await send(method, `/:/scrobble?${query}`);
    expect((await item('1')).viewCount).toBe(1);
    await send(method, `/:/unscrobble?${query}`);
    expect(await item('1')).not.toHaveProperty('viewCount');
  });
});

test('the stepped clock runs what falls due in order, each at its own time', () => {
  const clock = steppedClock(1000);
  const ran: number[] = [];
  clock.after(20, () => ran.push(clock.now()));
  clock.after(10, () => {
    ran.push(clock.now());
    clock.after(5, () => ran.push(clock.now()));
  });
  clock.advance(19);
  expect(ran).toEqual([1010, 1015]);
  clock.advance(1);
  expect([ran.at(-1), clock.now()]).toEqual([1020, 1020]);
});
