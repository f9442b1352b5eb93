import { describe, expect, test } from 'vitest';
import { item, job } from '../../../../../../test/fakes/commandLine.ts';
import { fakeOperations, quietStatus } from '../../../../../../test/fakes/fakeOperations.ts';
import type { Failure, FailureClass } from '../../../../../core/failure.ts';
import { entityId, sceneId } from '../../../../../core/ids.ts';
import type { Job } from '../../../../../core/job.ts';
import { fail, succeed } from '../../../../../core/result.ts';
import { sceneSubject } from '../../../../../core/scene.ts';
import type { Operations } from '../../../../../engine/operations.ts';
import { candidate, sceneView } from '../../testing/sceneSamples.ts';
import { localVisitor } from '../../testing/visitor.ts';

const letter = (id: string, kind: FailureClass, facts: Partial<Failure> = {}): Job =>
  job({
    subject: sceneSubject(sceneId(id)),
    state: 'dead',
    attempt: 3,
    failure: { class: kind, message: `Reason of ${id}.`, ...facts },
  });

/** A daemon with these dead letters. */
function daemonWith(letters: readonly Job[], answers: Partial<Operations> = {}) {
  const deadByClass: Partial<Record<FailureClass, number>> = {};
  for (const { failure } of letters) {
    if (failure !== null) deadByClass[failure.class] = (deadByClass[failure.class] ?? 0) + 1;
  }
  return fakeOperations({
    status: () =>
      Promise.resolve({
        ...quietStatus,
        pathMaps: [{ from: '/old', to: '/media', support: 3 }],
        queue: { ...quietStatus.queue, dead: letters.length, deadByClass },
      }),
    dead: ({ class: kind, limit }) =>
      Promise.resolve(letters.filter(({ failure }) => failure?.class === kind).slice(0, limit)),
    scenes: ({ scenes }) => Promise.resolve(succeed(scenes.map((id) => sceneView(id)))),
    ...answers,
  });
}

const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('without dead letters the page says when there would be one', async () => {
  const { text } = await localVisitor().ask('/dead');
  expect(text).toContain('nothing needs you');
});

test('letters stand by their class, with its name, its advice, and the reason of each', async () => {
  const { ask } = localVisitor(
    daemonWith([letter('1', 'rejected'), letter('2', 'no-match'), letter('3', 'rejected')]),
  );
  const shown = textOf((await ask('/dead')).text);
  expect(shown).toContain('Refused by Plex or Stash 2 dead letters');
  expect(shown).toContain('Read the reason; when it is mended, retry.');
  for (const id of ['1', '2', '3']) expect(shown).toContain(`Reason of ${id}.`);
  expect(shown).toContain('tried 3 times');
});

test('a class can be linked to, and tells of no other', async () => {
  const { ask } = localVisitor(daemonWith([letter('1', 'rejected'), letter('2', 'no-match')]));
  const shown = textOf((await ask('/dead?class=no-match')).text);
  expect(shown).toContain('Reason of 2.');
  expect(shown).not.toContain('Reason of 1.');
  expect(textOf((await ask('/dead?class=auth')).text)).toContain('No dead letter of this kind is left.');
  expect((await ask('/dead?class=nonsense')).text).toContain('Reason of 1.');
});

test('many letters are shown in part, and the rest by a link', async () => {
  const many = Array.from({ length: 90 }, (_, n) => letter(String(n + 1), 'rejected'));
  const { ask } = localVisitor(daemonWith(many));
  expect((await ask('/dead')).text).toContain('href="/dead?class=rejected"');
  expect(textOf((await ask('/dead')).text)).toContain('5 of 90 dead letters');
  const { text } = await ask('/dead?class=rejected');
  expect(textOf(text)).toContain('20 of 90 dead letters');
  expect(text).toContain('href="/dead?class=rejected&amp;limit=80"');
});

describe('what matches several items', () => {
  test('is shown beside the scene, and one of them can be chosen', async () => {
    const operations = daemonWith([letter('42', 'ambiguous')]);
    const { ask } = localVisitor(operations);
    const { text } = await ask('/dead?class=ambiguous');
    expect(text).toContain('src="/images/item/u-1/123"');
    expect(text).toContain('src="/images/scene/42"');
    const shown = textOf(text);
    for (const word of [
      'Harbour',
      'Sea',
      'Movies, item 123',
      '/copies/a.mp4',
      '1 MB (1,000,000 bytes)',
      '1:00',
      'same file name and size',
    ]) {
      expect(shown).toContain(word);
    }
    expect(operations.calls).toContainEqual(['scenes', { scenes: ['42'] }]);
    const form = { section: 'u-1', key: '123', to: '/dead?class=ambiguous' };
    expect(await ask('/scenes/42/pin', { form })).toMatchObject({ status: 303, to: '/dead?class=ambiguous' });
    expect(operations.calls).toContainEqual([
      'pin',
      { scene: '42', item: { section: 'u-1', ratingKey: '123' } },
    ]);
    expect(textOf((await ask('/dead?class=ambiguous')).text)).toContain('Scene 42 is item 123 from now on');
  });

  test('offers nothing that its size disproves, and marks what differs', async () => {
    const candidates = [candidate({ size: 5, mayBePinned: false, map: null })];
    const { ask } = localVisitor(
      daemonWith([letter('42', 'ambiguous')], {
        scenes: () => Promise.resolve(succeed([sceneView('42', { candidates })])),
      }),
    );
    const { text } = await ask('/dead');
    expect(text).not.toContain('This one');
    expect(textOf(text)).toContain('5 bytes (5 bytes) differs');
  });

  test('is told of as the failure named it while Stash is away', async () => {
    const failure = { class: 'unreachable', peer: 'stash', message: 'Stash is away.' } as const;
    const known = { item, title: 'Sea', path: '/copies/a.mp4', size: null, durationMs: null };
    const { ask } = localVisitor(
      daemonWith([letter('42', 'ambiguous', { candidates: [known] })], {
        scenes: () => Promise.resolve(fail(failure)),
      }),
    );
    const shown = textOf((await ask('/dead')).text);
    expect(shown).toContain('Stash is away.');
    expect(shown).toContain('item 123 Sea, /copies/a.mp4');
  });
});

test('what is not in Plex says what comes nearest, and which path map would find it', async () => {
  const { ask } = localVisitor(
    daemonWith([letter('1', 'no-match'), letter('2', 'no-match')], {
      scenes: ({ scenes }) =>
        Promise.resolve(succeed(scenes.map((id) => sceneView(id, { expectedPaths: ['/media/a.mp4'] })))),
    }),
  );
  const { text } = await ask('/dead?class=no-match');
  expect(textOf(text)).toContain('/data=&gt;/copies finds all 2: set it');
  // Those in use are kept: once one is set, none is learned.
  expect(text).toContain('href="/settings?path_map=%2Fdata%3D%3E%2Fcopies%0A%2Fold%3D%3E%2Fmedia#path_map"');
  expect(textOf(text)).toContain('By the path maps Plex would have it at /media/a.mp4');
  expect(textOf(text)).toContain('What comes nearest (1 item)');
});

test.each<[FailureClass, string]>([
  ['auth', 'href="/settings"'],
  ['settings', 'href="/settings"'],
  ['rejected', 'What to report, if it stays'],
  ['unexpected', 'PlexSync 1.2.3'],
])('a letter of the class %s has a way on', async (kind, markup) => {
  expect((await localVisitor(daemonWith([letter('42', kind)])).ask('/dead')).text).toContain(markup);
});

test('what strangers have typed stays text', async () => {
  const evil = '<img src=x onerror=alert(1)>\u202e';
  const { ask } = localVisitor(
    daemonWith([letter('42', 'ambiguous', { message: evil, advice: evil })], {
      scenes: () =>
        Promise.resolve(
          succeed([
            sceneView('42', {
              title: evil,
              candidates: [candidate({ title: evil, path: evil, library: evil })],
            }),
          ]),
        ),
    }),
  );
  const { text } = await ask('/dead');
  expect(text).not.toContain('<img src=x');
  expect(text).not.toContain('\u202e');
});

describe('a person', () => {
  const tag: Job = job({
    subject: { kind: 'tag', id: entityId('7') },
    state: 'dead',
    failure: { class: 'rejected', message: 'No.' },
  });
  const open = () => {
    const operations = daemonWith([letter('42', 'rejected'), tag], {
      retry: () => Promise.resolve(succeed({ retried: 1 })),
      clearDead: () => Promise.resolve({ cleared: 1 }),
    });
    return localVisitor(operations);
  };
  const subjects = [sceneSubject(sceneId('42'))];

  test('has one letter tried again, or all of a class', async () => {
    const { operations, ask } = open();
    expect((await ask('/dead')).text).toContain('value="tag:7"');
    await ask('/dead/retry', { form: { subject: '42', to: '/dead' } });
    expect(textOf((await ask('/dead')).text)).toContain('1 dead letter queued; the daemon does it now.');
    await ask('/dead/retry', { form: { class: 'rejected' } });
    expect(operations.calls).toContainEqual(['retry', { kind: 'subjects', subjects }]);
    expect(operations.calls).toContainEqual(['retry', { kind: 'class', class: 'rejected' }]);
  });

  test('is asked before letters are cleared', async () => {
    const { operations, ask } = open();
    const question = await ask('/dead/clear?class=rejected&to=/dead?class=rejected');
    expect(textOf(question.text)).toContain(
      '2 dead letters of the kind “Refused by Plex or Stash” would be forgotten',
    );
    expect(operations.calls.some(([name]) => name === 'clearDead')).toBe(false);
    expect(await ask('/dead/clear', { form: { subject: '42' } })).toMatchObject({ status: 303, to: '/dead' });
    expect(operations.calls).toContainEqual(['clearDead', { kind: 'subjects', subjects }]);
  });

  test('leaves a scene alone: it is held, so that it does not come back', async () => {
    const { operations, ask } = open();
    await ask('/dead/hold', { form: { subject: '42' } });
    expect(operations.calls).toContainEqual(['hold', { scenes: ['42'], reason: '' }]);
    expect(operations.calls).toContainEqual(['clearDead', { kind: 'subjects', subjects }]);
    expect(textOf((await ask('/dead')).text)).toContain('1 scene held');
  });

  test.each(['retry', 'clear', 'hold'])('who does not say which has nothing done by %s', async (name) => {
    const { operations, ask } = open();
    await ask(`/dead/${name}`, { form: { class: 'all', subject: '', to: 'https://evil.example' } });
    expect(textOf((await ask('/dead')).text)).toContain('Say which dead letters');
    expect(operations.calls.filter(([called]) => ['retry', 'clearDead', 'hold'].includes(called))).toEqual(
      [],
    );
  });

  test('is told why nothing could be tried again', async () => {
    const failure = { class: 'settings', message: 'PlexSync is switched off.' } as const;
    const { ask } = localVisitor(
      daemonWith([letter('42', 'rejected')], { retry: () => Promise.resolve(fail(failure)) }),
    );
    await ask('/dead/retry', { form: { class: 'rejected' } });
    expect((await ask('/dead')).text).toContain('PlexSync is switched off.');
  });
});
