import { expect, test } from 'vitest';
import { plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';
import { fail } from '../../core/result.ts';

test('pin names the item that the scene is from now on, in whichever library', async () => {
  const daemon = fakeOperations();
  const { out } = await plexsync('pin 42 107', { daemon });
  expect(out).toBe('Scene 42 is item 107 from now on (“A title”, /media/a.mp4); the daemon does it now.\n');
  expect(daemon.calls).toContainEqual(['pin', { scene: '42', item: { section: null, ratingKey: '107' } }]);
});

test('pin says why an item is refused, and what to do', async () => {
  const failure = { class: 'no-match', message: 'No such item.', advice: 'Look again.' } as const;
  const daemon = fakeOperations({ pin: () => Promise.resolve(fail(failure)) });
  const { err, code } = await plexsync('pin 42 107', { daemon });
  expect(code).not.toBe(0);
  expect(err).toContain('No such item.');
  expect(err).toContain('Look again.');
});

test('unpin tells whether there was anything to take back', async () => {
  const daemon = fakeOperations();
  expect((await plexsync('unpin 42', { daemon })).out).toBe(
    'Scene 42 is matched by evidence; the daemon does it now.\n',
  );
  const none = fakeOperations({ unpin: () => Promise.resolve({ wasPinned: false }) });
  expect((await plexsync('unpin 42', { daemon: none })).out).toBe('No item was chosen for it.\n');
});

test.each(['pin', 'pin 42', 'pin 42 x', 'pin 0 7', 'unpin'])('%s is wrong usage', async (args) => {
  expect((await plexsync(args, { daemon: fakeOperations() })).code).toBe(2);
});
