import { expect, test } from 'vitest';
import { openBothServers } from '../processes/bothServers.ts';
import { mutate } from '../processes/editStash.ts';
import { eventually } from '../processes/eventually.ts';
import { serve } from '../processes/plexsync.ts';

test('what happens in Plex is acted upon as Plex tells of it, with no poll', async () => {
  const servers = await openBothServers({ files: 5, hasHook: true });
  const { plex, stash } = servers;
  const titleOf = (key: string): string | undefined => plex.library.read(key)?.title;
  await serve({ env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600' }, cwd: servers.folder });
  await mutate(servers, 'sceneUpdate(input: { id: 1, title: "The first of all" }) { id }');
  await eventually(() => expect(servers.differences([1])).toEqual([]));
  expect(plex.notifications.listenerCount).toBe(1);

  const keys = plex.library.ratingKeys({ sectionKey: '1' });
  const first = keys.find((key) => titleOf(key) === 'The first of all') ?? '';
  plex.library.editAsPerson(first, { fields: { title: 'Typed over' } });
  await eventually(() => expect(titleOf(first)).toBe('The first of all'));

  const file = { path: '/data/new/Awaited.mp4', size: 4_321 };
  const scene = stash.library.addScene({ title: '', files: [file] });
  await mutate(servers, `sceneUpdate(input: { id: ${scene.id}, title: "Awaited" }) { id }`);
  const added = plex.library.addItem('1', { files: [{ ...file, path: '/media/new/Awaited.mp4' }] });
  await eventually(() => expect(titleOf(added)).toBe('Awaited'));
  plex.log.assertHarmless();
});
