import { expect, test } from 'vitest';
import { plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';
import type { SetupCheck } from '../../core/setupCheck.ts';

test('a sign for each, what was found and what to do; a problem gives exit code 4', async () => {
  const checks = [
    { name: 'Stash', state: 'ok', found: 'answers, v0.30.1', advice: null },
    { name: 'File index', state: 'warning', found: 'No library was read yet.', advice: 'Sync.' },
  ] as const;
  const problem = { name: 'Plex', state: 'problem', found: 'Plex refused.', advice: 'Start it.' } as const;
  const answering = (found: readonly SetupCheck[]) =>
    plexsync('check', { daemon: fakeOperations({ check: () => Promise.resolve(found) }) });
  expect((await answering(checks)).code).toBe(0);
  expect(await answering([...checks, problem])).toMatchObject({
    code: 4,
    out: [
      '✓ Stash       answers, v0.30.1',
      '! File index  No library was read yet.',
      '              What to do: Sync.',
      '✗ Plex        Plex refused.',
      '              What to do: Start it.\n',
    ].join('\n'),
  });
});
