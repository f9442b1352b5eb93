import { expect, test } from 'vitest';
import { pluginPlace } from './pluginPlace.ts';

const place = (environment: Record<string, string>) =>
  pluginPlace(environment, '/plugins/plexsync/daemon.cjs');

test('the database lies beside the inbox, in Stash’s own folder', () => {
  expect(place({ PLEXSYNC_INBOX_DIR: '/root/.stash/plexsync/inbox' })).toEqual({
    inboxDir: '/root/.stash/plexsync/inbox',
    dataDir: '/root/.stash/plexsync',
    storedInput: null,
    bundle: '/plugins/plexsync/daemon.cjs',
  });
});

test('it lies elsewhere when PLEXSYNC_DATA_DIR says so', () => {
  const { dataDir } = place({ PLEXSYNC_INBOX_DIR: '/a/inbox', PLEXSYNC_DATA_DIR: '/b' }) ?? {};
  expect(dataDir).toBe('/b');
});

test('it is never the root of the file system', () => {
  expect(place({ PLEXSYNC_INBOX_DIR: '/inbox' })?.dataDir).toBe('/inbox/data');
});

test('the event that made hook.sh start us is known, when it was kept', () => {
  expect(place({ PLEXSYNC_INBOX_DIR: '/a', PLEXSYNC_STORED_EVENT: '/a/v1-x' })?.storedInput).toBe('/a/v1-x');
  expect(place({ PLEXSYNC_INBOX_DIR: '/a', PLEXSYNC_STORED_EVENT: '' })?.storedInput).toBeNull();
});

test('nobody but hook.sh starts it', () => {
  expect(place({})).toBeNull();
});
