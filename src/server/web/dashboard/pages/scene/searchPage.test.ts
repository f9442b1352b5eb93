import { expect, test } from 'vitest';
import { item } from '../../../../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../../../../core/ids.ts';
import { fail, succeed } from '../../../../../core/result.ts';
import type { FoundScene, FoundScenes } from '../../../../../engine/searchScenes.ts';
import { localVisitor } from '../../testing/visitor.ts';

const found = (id: string, facts: Partial<FoundScene> = {}): FoundScene => ({
  sceneId: sceneId(id),
  title: 'Harbour',
  path: '/data/north/harbour.mp4',
  links: [{ item, evidence: 'path' }],
  job: null,
  hold: null,
  leftOut: null,
  ...facts,
});

const daemonOf = (answer: Partial<FoundScenes>) =>
  fakeOperations({
    searchScenes: () => Promise.resolve(succeed({ scenes: [], hasMore: false, ...answer })),
  });

const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('scenes are told with how each stands, and lead to their pages', async () => {
  const hold = { sceneId: sceneId('2'), at: 0, by: 'person', reason: '', passedOverAt: null } as const;
  const operations = daemonOf({
    scenes: [
      found('1'),
      found('2', { hold, links: [] }),
      found('3', { job: { state: 'dead', class: 'no-match' }, links: [] }),
      found('4', { leftOut: 'it has the tag Private', links: [] }),
      found('5', { title: '', links: [] }),
    ],
  });
  const { text } = await localVisitor(operations).ask('/scenes?q=harbour');
  expect(operations.calls).toContainEqual(['searchScenes', { text: 'harbour', limit: 25 }]);
  for (const id of ['1', '2', '3', '4', '5']) expect(text).toContain(`href="/scenes/${id}"`);
  for (const state of ['linked', 'held', 'dead letter: Not in Plex', 'left out', 'not linked']) {
    expect(textOf(text)).toContain(state);
  }
  expect(text).toContain('>harbour.mp4</a>');
  expect(text).toContain('value="harbour"');
});

test('the address of a scene in Stash leads to its page at once', async () => {
  const { ask } = localVisitor();
  const address = encodeURIComponent('http://stash.local:9999/scenes/42?x=1');
  expect(await ask(`/scenes?q=${address}`)).toMatchObject({ status: 303, to: '/scenes/42' });
});

test('more are shown by a link that keeps the words', async () => {
  const { ask } = localVisitor(daemonOf({ scenes: [found('1')], hasMore: true }));
  expect((await ask('/scenes?q=a+b')).text).toContain('href="/scenes?q=a+b&amp;limit=100"');
  expect(textOf((await ask('/scenes?q=a&limit=500')).text)).toContain('More words find fewer.');
});

test('what is not found says what is looked at; without scenes it says what to do', async () => {
  const { ask } = localVisitor();
  expect(textOf((await ask('/scenes?q=%3Cb%3Enothing')).text)).toContain(
    'Stash finds no scene for “&lt;b&gt;nothing”',
  );
  expect(textOf((await ask('/scenes')).text)).toContain('Stash has no scenes yet.');
});

test('a Stash that is away is told of, with advice', async () => {
  const failure = { class: 'unreachable', peer: 'stash', message: 'Stash is away.' } as const;
  const { ask } = localVisitor(fakeOperations({ searchScenes: () => Promise.resolve(fail(failure)) }));
  expect(textOf((await ask('/scenes')).text)).toContain('Server unreachable: Stash is away. Nothing to do');
});
