import { expect, test } from 'vitest';
import { fakeOperations } from '../../../../../test/fakes/fakeOperations.ts';
import { ratingKey, sceneId, sectionUuid } from '../../../../core/ids.ts';
import { fail, succeed } from '../../../../core/result.ts';
import { localVisitor } from '../testing/visitor.ts';

const GAPS = {
  comparedAt: 880_000,
  notInPlex: {
    count: 31,
    scenes: [
      { sceneId: sceneId('42'), title: 'A <b>', paths: ['/data/a\u202eb.mp4'], why: 'No file is near.' },
    ],
  },
  notInStash: {
    count: 1,
    files: [
      {
        item: { section: sectionUuid('s'), ratingKey: ratingKey('1001') },
        title: 'Other',
        path: '/plex/o.mp4',
        size: 2_000_000,
        library: 'Movies',
      },
    ],
  },
};

test('what one side has and the other has not, as text, with how many more there are', async () => {
  const { ask, operations } = localVisitor(fakeOperations({ gaps: () => Promise.resolve(succeed(GAPS)) }));
  const { text } = await ask('/gaps');
  for (const words of [
    'In Stash and not in Plex: 31 scenes',
    'A &lt;b&gt;',
    '/data/a\\u202eb.mp4',
    'No file is near.',
    'In Plex and not in Stash: 1 file',
    '/plex/o.mp4',
    '2 MB',
    '2 minutes ago',
    '… and 30 more.',
    'href="/gaps?limit=100"',
  ]) {
    expect(text).toContain(words);
  }
  await ask('/gaps?limit=9999');
  expect(operations.calls.filter(([name]) => name === 'gaps')).toEqual([
    ['gaps', { limit: 20 }],
    ['gaps', { limit: 500 }],
  ]);
});

test('before everything was compared, the page says that there may be more', async () => {
  const { text } = await localVisitor().ask('/gaps');
  expect(text).toContain('Nothing was compared to its end yet');
  expect(text).toContain('Every scene with a file has an item.');
});

test('a server that is away is told of with what to do', async () => {
  const away = fail({ class: 'unreachable', peer: 'stash', message: 'Stash is away.' } as const);
  const { text } = await localVisitor(fakeOperations({ gaps: () => Promise.resolve(away) })).ask('/gaps');
  expect(text).toContain('Server unreachable: Stash is away.');
});
