import { expect, test } from 'vitest';
import { HOUR, NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations, quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../core/ids.ts';

test('hold takes scenes and a reason', async () => {
  const daemon = fakeOperations({ hold: () => Promise.resolve({ held: 1 }) });
  const { out } = await plexsync('hold 42 43 --reason poster', { daemon });
  expect(out).toBe('1 scene held, 1 held already. `plexsync release` lets PlexSync write again.\n');
  expect(daemon.calls).toContainEqual(['hold', { scenes: ['42', '43'], reason: 'poster' }]);
});

test('release takes scenes, or all of them, and they are looked at at once', async () => {
  const daemon = fakeOperations();
  expect((await plexsync('release 42 43', { daemon })).out).toBe(
    '2 scenes released; the daemon does it now.\n',
  );
  expect((await plexsync('release --all', { daemon })).out).toBe('None of them was held.\n');
  expect(daemon.calls).toContainEqual(['release', { kind: 'scenes', scenes: ['42', '43'] }]);
  expect(daemon.calls).toContainEqual(['release', { kind: 'all' }]);
});

test.each(['hold', 'hold 0', 'release', 'release 42 --all'])('%s is wrong usage', async (args) => {
  expect((await plexsync(args, { daemon: fakeOperations() })).code).toBe(2);
});

test('holds lists since when, by whom, and whether something was passed over', async () => {
  const holds = [
    { sceneId: sceneId('43'), at: NOW - HOUR, by: 'undo', reason: '', passedOverAt: NOW - 60_000 },
    { sceneId: sceneId('42'), at: NOW - 2 * HOUR, by: 'person', reason: 'poster night', passedOverAt: null },
  ] as const;
  const daemon = fakeOperations({ holds: () => Promise.resolve({ count: 5, holds }) });
  expect((await plexsync('holds', { daemon })).out).toBe(
    [
      'SCENE  HELD         BY        PASSED OVER   WHY',
      '43     1 hour ago   an undo   1 minute ago',
      '42     2 hours ago  a person  never         poster night',
      'The newest 2 of 5; --limit shows more.\n',
    ].join('\n'),
  );
  expect((await plexsync('holds', { daemon: fakeOperations() })).out).toBe('No scene is held.\n');
});

test('status tells of held scenes and of what is still to be undone', async () => {
  const status = () => Promise.resolve({ ...quietStatus, held: 2, openUndos: 1 });
  const { out } = await plexsync('status', { daemon: fakeOperations({ status }) });
  expect(out).toContain('\nHeld       2 scenes (plexsync holds)\nUndo       1 write still to be undone\n');
});
