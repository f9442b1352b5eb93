import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { framesOf } from './testing/listener.ts';
import { visited } from './testing/visitor.ts';

test.each(['/:/websockets/notifications', '/:/websocket/notifications'])(
  'an edit through the API is told on %s, ids as strings',
  async (path) => {
    const { edit, simulator } = await visited();
    const act = () => edit({ type: 1, id: 4, 'title.value': 'x', 'title.locked': 1 });
    expect(await framesOf(simulator, act, path)).toMatchObject([
      { type: 'timeline', size: 1, TimelineEntry: [{ itemID: '4', sectionID: '1', type: 1, title: 'x' }] },
    ]);
  },
);

test('a person’s edit and a new item are told too', async () => {
  const { simulator } = await visited();
  const frames = await framesOf(simulator, () => {
    simulator.library.editAsPerson('1', { fields: { title: 'x' } });
    simulator.library.addItem('1', { title: 'New' });
  });
  expect(
    frames
      .flatMap((frame) => frame.TimelineEntry ?? [])
      .map(({ state, metadataState }) => [state, metadataState]),
  ).toEqual([
    [1, undefined],
    [0, 'created'],
    [1, undefined],
  ]);
});

test.each([
  ['a wrong token', '/:/websockets/notifications?X-Plex-Token=wrong', 401],
  ['no such path', '/:/elsewhere?X-Plex-Token=simulator-token', 404],
])('%s is refused at the upgrade', async (_name, path, status) => {
  const { simulator } = await visited();
  const socket = new WebSocket(`${simulator.url.replace('http', 'ws')}${path}`);
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toContain(String(status));
});

test('a listener is dropped without a close frame, and an upgrade can be made to fail', async () => {
  const { simulator } = await visited();
  const url = `${simulator.url.replace('http', 'ws')}/:/websockets/notifications`;
  const connect = () => new WebSocket(url, { headers: { 'X-Plex-Token': simulator.token } });
  const socket = connect();
  await once(socket, 'open');
  expect(simulator.notifications.listenerCount).toBe(1);
  simulator.notifications.dropAll();
  // 1006: no close frame came.
  expect((await once(socket, 'close'))[0]).toBe(1006);
  simulator.faults.add({ fault: 'status', argument: 503, url: /websockets/ });
  expect(String((await once(connect(), 'error'))[0])).toContain('503');
});

test('any text can be sent, as another type of alert or as no JSON at all', async () => {
  const { simulator } = await visited();
  const playing = { type: 'playing', size: 1, PlaySessionStateNotification: [{ state: 'paused' }] };
  const frames = await framesOf(simulator, () => {
    simulator.notifications.sendText(JSON.stringify({ NotificationContainer: playing }));
  });
  expect(frames).toEqual([playing]);
});
