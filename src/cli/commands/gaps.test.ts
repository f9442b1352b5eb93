import { expect, test } from 'vitest';
import { HOUR, item, NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../core/ids.ts';
import { fail, succeed } from '../../core/result.ts';
import type { Gaps } from '../../engine/gaps.ts';

const none: Gaps = {
  comparedAt: NOW - HOUR,
  notInPlex: { count: 0, scenes: [] },
  notInStash: { count: 0, files: [] },
};
const gapsWith = (gaps: Gaps, command = 'gaps') =>
  plexsync(command, { daemon: fakeOperations({ gaps: () => Promise.resolve(succeed(gaps)) }) });

test('the first of each side are told with why, and how many more there are', async () => {
  const scene = {
    sceneId: sceneId('42'),
    title: '',
    paths: ['/data/a.mp4', '/data/b\u001b.mp4'],
    why: 'Nothing.',
  };
  const file = { item, title: 'c', path: '/media/c.mp4', size: 1, library: 'Movies' };
  const { out } = await gapsWith({
    ...none,
    notInPlex: { count: 3, scenes: [scene] },
    notInStash: { count: 1, files: [file] },
  });
  expect(out).toBe(
    [
      'Everything was last compared 1 hour ago.',
      '',
      'In Stash and not in Plex: 3 scenes',
      '  scene 42  /data/a.mp4, /data/b\\u001b.mp4',
      '    Nothing.',
      '  … and 2 more; --limit shows more.',
      '',
      'In Plex and not in Stash: 1 file',
      '  Movies: /media/c.mp4\n',
    ].join('\n'),
  );
});

test('before the first comparison it is said that there may be more', async () => {
  expect((await gapsWith({ ...none, comparedAt: null })).out).toContain(
    'there may be more (plexsync reconcile)',
  );
});

test('--json gives all of it', async () => {
  expect(JSON.parse((await gapsWith(none, 'gaps --json')).out)).toEqual(none);
});

test('a failure is told as one', async () => {
  const failure = { class: 'unreachable', peer: 'stash', message: 'Stash is away.' } as const;
  const daemon = fakeOperations({ gaps: () => Promise.resolve(fail(failure)) });
  expect(await plexsync('gaps', { daemon })).toMatchObject({
    code: 3,
    out: '',
    err: expect.stringContaining('Stash is away.'),
  });
});
