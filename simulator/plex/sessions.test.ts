import { expect, test } from 'vitest';
import { visited } from './testing/visitor.ts';

const sections = [
  { title: 'Movies', items: [{ title: 'One', files: [{ path: '/data/1/One.mp4', size: 11 }] }] },
] as const;

test('who plays what is told in JSON and XML, and no more once it has ended', async () => {
  const { get, xml, simulator } = await visited({ sections });
  expect(await get('/status/sessions')).toEqual({ size: '0' });
  const [ratingKey = ''] = simulator.library.ratingKeys({ sectionKey: '1' });
  const session = simulator.library.play(ratingKey);
  expect((await get('/status/sessions')).Metadata).toMatchObject([
    { ratingKey, title: 'One', sessionKey: '1', Player: { state: 'playing' }, User: { title: 'viewer' } },
  ]);
  simulator.library.setPlaying(session, 'paused');
  expect(await xml('/status/sessions')).toMatch(
    /<Video [^>]*sessionKey="1"[\s\S]*<Player [^>]*state="paused"/,
  );
  simulator.library.stopPlaying(session);
  expect((await get('/status/sessions')).Metadata).toBeUndefined();
});

test('the sessions are for the owner alone', async () => {
  const { send } = await visited({ sections, guestToken: 'guest' });
  const answer = await send('GET', '/status/sessions', { headers: { 'X-Plex-Token': 'guest' } });
  expect(answer.status).toBe(403);
});

test('a library can be looked through for as long as a test wants', async () => {
  const { get, simulator } = await visited({ sections });
  simulator.library.setRefreshing('1', true);
  expect((await get('/library/sections')).Directory?.[0]?.refreshing).toBe(true);
  simulator.library.setRefreshing('1', false);
  expect((await get('/library/sections')).Directory?.[0]?.refreshing).toBe(false);
});
