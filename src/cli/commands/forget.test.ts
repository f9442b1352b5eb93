import { expect, test } from 'vitest';
import { NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { fail, succeed } from '../../core/result.ts';

const found = { goes: ['/d/plexsync.db'], stays: ['/d/notes.txt'] };

test('without --yes it only shows what would go', async () => {
  const asked: unknown[] = [];
  const { out, code } = await plexsync('forget --data-dir /d', {
    forget: (request) => {
      asked.push(request);
      return Promise.resolve(succeed(found));
    },
  });
  expect(asked).toEqual([{ dataDir: '/d', inboxDir: '/d/inbox', isMeant: false }]);
  expect({ code, out }).toEqual({
    code: 0,
    out: [
      'This would go:',
      '  /d/plexsync.db',
      'Not PlexSync’s, so it stays:',
      '  /d/notes.txt',
      'Nothing was removed; `plexsync forget --yes` does it. Values in Plex stay as they are, and so do your settings.\n',
    ].join('\n'),
  });
});

test('it needs no settings but the folders, asks no daemon, and opens no database', async () => {
  const { code, out, events } = await plexsync('forget --yes --json', {
    environment: {},
    now: () => NOW,
    forget: () => Promise.resolve(succeed(found)),
  });
  expect({ code, events }).toEqual({ code: 0, events: [] });
  expect(JSON.parse(out)).toEqual({ removed: true, ...found });
});

test('a running daemon is a failure in words', async () => {
  const refused = 'PlexSync runs: nothing was removed.';
  expect(await plexsync('forget --yes', { forget: () => Promise.resolve(fail(refused)) })).toMatchObject({
    code: 1,
    err: `${refused}\n`,
  });
});

test('nothing stored is said', async () => {
  expect((await plexsync('forget --yes --data-dir /d')).out).toBe('PlexSync has stored nothing in /d.\n');
});
