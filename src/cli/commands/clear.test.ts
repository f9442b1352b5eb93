import { expect, test } from 'vitest';
import { plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';

test('clearing tells how much, and how it comes back', async () => {
  const daemon = fakeOperations({
    clearDead: () => Promise.resolve({ cleared: 1 }),
    clearQueue: () => Promise.resolve({ cleared: 12 }),
  });
  const again = '`plexsync sync --all` finds again what differs from Plex.';
  expect((await plexsync('clear dead 7', { daemon })).out).toBe(`1 dead letter cleared. ${again}\n`);
  expect((await plexsync('clear queue', { daemon })).out).toBe(`12 jobs cleared. ${again}\n`);
  const quiet = fakeOperations();
  expect((await plexsync('clear dead --all', { daemon: quiet })).out).toBe('No dead letter fits.\n');
  expect((await plexsync('clear queue', { daemon: quiet })).out).toBe('Nothing was queued.\n');
});
