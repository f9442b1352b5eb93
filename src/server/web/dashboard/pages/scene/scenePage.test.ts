import { describe, expect, test } from 'vitest';
import { item, job } from '../../../../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../../../../test/fakes/fakeOperations.ts';
import type { Failure } from '../../../../../core/failure.ts';
import { sceneId } from '../../../../../core/ids.ts';
import type { JournalEntry } from '../../../../../core/journalEntry.ts';
import { fail, succeed } from '../../../../../core/result.ts';
import type { Operations, PlannedScene } from '../../../../../engine/operations.ts';
import type { LinkView, SceneView } from '../../../../../engine/sceneView.ts';
import { plannedItem, plannedScene, sceneView } from '../../testing/sceneSamples.ts';
import { localVisitor, ON_THIS_MACHINE, visitor } from '../../testing/visitor.ts';

const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const link: LinkView = {
  sceneId: sceneId('42'),
  item,
  evidence: 'path',
  sceneOshash: null,
  scenePath: '/data/a.mp4',
  itemPath: '/media/a.mp4',
  desiredHash: null,
  verifiedUpdatedAt: null,
  verifiedAt: 999_000,
  writtenAt: null,
  part: { title: 'Sea', path: '/media/a.mp4', size: 1_000_000, durationMs: 60_000 },
  library: 'Movies',
};

const linked = (facts: Partial<SceneView> = {}): SceneView =>
  sceneView('42', { links: [link], candidates: [], ...facts });

const daemonOf = (
  view: SceneView,
  plan: PlannedScene = plannedScene('42'),
  answers: Partial<Operations> = {},
) =>
  fakeOperations({
    scene: () => Promise.resolve(succeed(view)),
    plan: () => Promise.resolve(succeed([plan])),
    ...answers,
  });

async function shown(view: SceneView, plan?: PlannedScene): Promise<string> {
  return (await localVisitor(daemonOf(view, plan)).ask('/scenes/42')).text;
}

test('both sides are there: the scene with its file, the item with its library, file and evidence', async () => {
  const text = textOf(await shown(linked()));
  for (const part of [
    'Harbour',
    'Scene 42',
    '/data/a.mp4',
    'Sea',
    'Movies, item 123',
    '/media/a.mp4',
    'same path',
    'linked',
  ]) {
    expect(text).toContain(part);
  }
});

test('links lead to the scene in Stash, and to the item in Plex once the server is known', async () => {
  const { text } = await localVisitor(daemonOf(linked())).ask('/scenes/42');
  // The browser is elsewhere, and Stash on the machine of PlexSync.
  expect(text).toContain('href="http://192.168.1.5:9999/stash/scenes/42" target="_blank" rel="noreferrer"');
  expect(text).not.toContain('app.plex.tv');
  const known = visitor({
    access: ON_THIS_MACHINE,
    operations: daemonOf(linked()),
    stored: new Map([['plex-machine-identifier', 'machine1']]),
  });
  expect((await known.ask('/scenes/42')).text).toContain(
    'href="https://app.plex.tv/desktop/#!/server/machine1/details?key=%2Flibrary%2Fmetadata%2F123"',
  );
});

describe('the plan', () => {
  const plan = (facts = {}): PlannedScene => plannedScene('42', { items: [plannedItem('42', facts)] });

  test('says of each field what Stash has, Plex shows, we last wrote, and what would be written and why', async () => {
    const text = textOf(
      await shown(linked(), plan({ warnings: ['300 tags, of which the first 100 are sent'] })),
    );
    expect(text).toContain(
      'title &quot;Harbour&quot; &quot;Old harbour&quot; locked &quot;Old harbour&quot; &quot;Harbour&quot; changed in Stash',
    );
    expect(text).toContain('1 field is the same on both sides');
    expect(text).toContain('300 tags, of which');
  });

  test('says what was sent and is not seen yet, and of images what becomes of the cover', async () => {
    const bases = { title: { value: null, intended: 'Harbour', isLockOurs: true } };
    const images = [
      {
        kind: 'poster',
        act: 'upload',
        reason: 'first',
        skipped: null,
        before: 'media://1',
        key: null,
        arrived: null,
        wasLocked: false,
        isLockMissing: true,
        failure: null,
      },
    ];
    const text = textOf(await shown(linked(), plan({ bases, images })));
    expect(text).toContain('sent and not seen yet: &quot;Harbour&quot;');
    expect(text).toContain('poster the cover media://1 the cover first written by PlexSync');
  });

  test('says when there is nothing to write, and why nothing can be planned', async () => {
    const same = plannedItem('42').decisions.filter(({ reason }) => reason === 'same');
    expect(textOf(await shown(linked(), plan({ decisions: same })))).toContain(
      'Nothing to write: all fields are the same.',
    );
    const failure: Failure = { class: 'ambiguous', message: 'Two fit.' };
    expect(textOf(await shown(sceneView('42'), plannedScene('42', { failure })))).toContain(
      'Several items match: Two fit.',
    );
    expect(
      textOf(await shown(linked(), plannedScene('42', { leftOut: 'it has the tag Private' }))),
    ).toContain('Left out: it has the tag Private');
  });

  test('that cannot be made leaves the rest of the page', async () => {
    const failure = { class: 'unreachable', peer: 'plex', message: 'Plex is away.' } as const;
    const { ask } = localVisitor(
      daemonOf(linked(), undefined, { plan: () => Promise.resolve(fail(failure)) }),
    );
    const text = textOf((await ask('/scenes/42')).text);
    expect(text).toContain('Plex is away.');
    expect(text).toContain('same path');
  });
});

test('a dead letter shows its reason, its advice, and what the scene may be', async () => {
  const failure: Failure = { class: 'ambiguous', message: 'Two fit.' };
  const view = sceneView('42', { job: job({ state: 'dead', failure }) });
  const text = await shown(view, plannedScene('42', { failure }));
  expect(text).toContain('href="/dead?class=ambiguous"');
  expect(text).toContain('<code>plexsync pin</code>');
  expect(textOf(text)).toContain('This one is scene 42: Sea, item 123');
  expect(text.split('Two fit.')).toHaveLength(2);
  expect(text).not.toContain('data-live');
});

test('while something is to come the page renews itself', async () => {
  expect(await shown(linked({ job: job({ state: 'pending' }) }))).toContain('data-live');
  expect(await shown(linked())).not.toContain('data-live');
});

test('writes are told with the way to undo each, and all', async () => {
  const write: JournalEntry = {
    id: 12,
    at: 1_000,
    state: 'arrived',
    source: 'hook',
    sceneId: sceneId('42'),
    item,
    changes: [
      {
        field: 'title',
        before: 'a',
        after: 'b',
        wasLocked: false,
        wasLockOurs: false,
        isLocked: true,
        ours: { before: null, after: 'b' },
        entries: null,
        reason: 'changed',
      },
    ],
    undone: [],
  };
  const text = await shown(linked({ writes: [write] }));
  expect(text).toContain('href="/history/undo?write=w12"');
  expect(text).toContain('href="/history/undo?scene=42"');
  expect(textOf(await shown(linked()))).toContain('Nothing was written to Plex for this scene yet.');
});

test('what is no scene is not there, and what Stash does not have says so', async () => {
  const failure = { class: 'not-syncable', message: 'Stash has no scene 99.' } as const;
  const { ask } = localVisitor(fakeOperations({ scene: () => Promise.resolve(fail(failure)) }));
  expect((await ask('/scenes/0')).status).toBe(404);
  expect((await ask('/scenes/abc')).status).toBe(404);
  expect((await ask('/scenes/99')).text).toContain('Stash has no scene 99.');
});

test('what strangers have typed stays text', async () => {
  const evil = '<script>alert(1)</script>\u202e"><img src=x>';
  const view = linked({
    title: evil,
    hold: { sceneId: sceneId('42'), at: 0, by: 'person', reason: evil, passedOverAt: null },
    links: [
      {
        ...link,
        library: evil,
        itemPath: evil,
        part: { title: evil, path: evil, size: null, durationMs: null },
      },
    ],
    files: [{ path: evil, basename: evil, size: null, durationMs: null, oshash: null, isInZip: true }],
  });
  const item_ = plannedItem('42', { itemTitle: evil, warnings: [evil], ours: { title: evil.repeat(20) } });
  const text = await shown(view, plannedScene('42', { items: [item_, item_] }));
  expect(text).not.toContain('<script>alert');
  expect(text).not.toContain('<img src=x');
  expect(text).not.toContain('\u202e');
});

describe('a person', () => {
  test.each<[string, Record<string, string>, readonly [string, unknown], string]>([
    ['sync', {}, ['sync', { kind: 'scenes', scenes: ['42'] }], 'Scene 42 queued; the daemon does it now.'],
    ['hold', { reason: ' mine ' }, ['hold', { scenes: ['42'], reason: 'mine' }], '1 scene held'],
    ['release', {}, ['release', { kind: 'scenes', scenes: ['42'] }], '1 scene released'],
    [
      'pin',
      { key: '107' },
      ['pin', { scene: '42', item: { section: null, ratingKey: '107' } }],
      'Scene 42 is item 107 from now on',
    ],
    ['unpin', {}, ['unpin', { scene: '42' }], 'Scene 42 is matched by evidence'],
  ])('has it done: %s', async (name, form, call, words) => {
    const operations = daemonOf(linked());
    const { ask } = localVisitor(operations);
    expect(await ask(`/scenes/42/${name}`, { form })).toMatchObject({ status: 303, to: '/scenes/42' });
    expect(operations.calls).toContainEqual(call);
    expect(textOf((await ask('/scenes/42')).text)).toContain(words);
  });

  test.each([
    ['pin', { key: 'abc' }, 'An item is a whole number'],
    ['pin', { key: '' }, 'An item is a whole number'],
  ])('is told what is wrong: %s %o', async (name, form, words) => {
    const operations = daemonOf(linked());
    const { ask } = localVisitor(operations);
    await ask(`/scenes/42/${name}`, { form });
    expect(textOf((await ask('/scenes/42')).text)).toContain(words);
    expect(operations.calls.some(([called]) => called === name)).toBe(false);
  });

  test('is told why an item is refused', async () => {
    const failure = { class: 'no-match', message: 'No such item.', advice: 'Look again.' } as const;
    const { ask } = localVisitor(
      daemonOf(linked(), undefined, { pin: () => Promise.resolve(fail(failure)) }),
    );
    await ask('/scenes/42/pin', { form: { key: '107', to: 'https://evil.example' } });
    expect(textOf((await ask('/scenes/42')).text)).toContain('Not in Plex: No such item. Look again.');
  });

  test('sees who holds it, and releases it', async () => {
    const hold = {
      sceneId: sceneId('42'),
      at: 400_000,
      by: 'person',
      reason: 'mended by hand',
      passedOverAt: null,
    } as const;
    const text = await shown(linked({ hold }));
    expect(textOf(text)).toContain(
      'Held 10 minutes ago by a person (mended by hand): nothing is written until you release it.',
    );
    expect(text).toContain('action="/scenes/42/release"');
    expect(text).not.toContain('action="/scenes/42/hold"');
  });

  test('who has chosen the item may let evidence decide again', async () => {
    expect(await shown(linked({ links: [{ ...link, evidence: 'pinned' }] }))).toContain(
      'action="/scenes/42/unpin"',
    );
    expect(await shown(linked())).not.toContain('action="/scenes/42/unpin"');
  });
});
