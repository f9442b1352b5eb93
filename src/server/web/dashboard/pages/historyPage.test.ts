import { describe, expect, test } from 'vitest';
import { fakeOperations } from '../../../../../test/fakes/fakeOperations.ts';
import { ratingKey, sceneId, sectionUuid } from '../../../../core/ids.ts';
import type { Change, JournalEntry } from '../../../../core/journalEntry.ts';
import { fail, succeed } from '../../../../core/result.ts';
import type { PlannedUndo } from '../../../../engine/undoOperations.ts';
import { localVisitor } from '../testing/visitor.ts';

const title: Change = {
  field: 'title',
  before: 'Old',
  after: 'New <b>',
  wasLocked: false,
  wasLockOurs: false,
  isLocked: true,
  ours: { before: null, after: 'New <b>' },
  entries: null,
  reason: 'changed',
};

const written = (id: number, differing: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  at: 900_000,
  state: 'arrived',
  source: 'hook',
  sceneId: sceneId('42'),
  item: { section: sectionUuid('s'), ratingKey: ratingKey('1001') },
  changes: [title],
  undone: [],
  ...differing,
});

const planned = (outcome: 'back' | 'left'): PlannedUndo => ({
  sceneId: sceneId('42'),
  item: { section: sectionUuid('s'), ratingKey: ratingKey('1001') },
  itemTitle: 'New <b>',
  writes: [12],
  fields: [{ change: title, outcome }],
  failure: null,
});

describe('the history', () => {
  test('says of each write when, who, what and why, and makes no markup of a title', async () => {
    const { ask } = localVisitor(
      fakeOperations({ history: () => Promise.resolve([written(12), written(11, { state: 'given-up' })]) }),
    );
    const { text } = await ask('/history');
    for (const words of ['w12', 'w11', 'by hook', 'not kept by Plex', 'changed in Stash', '/scenes/42']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('&quot;Old&quot; → &quot;New &lt;b&gt;&quot;; locked');
    expect(text).toContain('<time datetime="1970-01-01T00:15:00.000Z" data-local>');
    expect(text).toContain('href="/history/undo?write=w12"');
  });

  test('of a write that was undone says by which, and offers no undo', async () => {
    const undone = written(12, { undone: [{ field: 'title', by: 13 }] });
    const { ask } = localVisitor(fakeOperations({ history: () => Promise.resolve([undone]) }));
    const { text } = await ask('/history');
    expect(text).toContain('undone by w13');
    expect(text).not.toContain('/history/undo?write=w12');
  });

  test('is of a scene, since a time, and before a write, as the address says', async () => {
    const many = Array.from({ length: 50 }, (_, index) => written(99 - index));
    const { ask, operations } = localVisitor(fakeOperations({ history: () => Promise.resolve(many) }));
    const { text } = await ask('/history?scene=42&since=5m&before=100');
    expect(operations.calls).toContainEqual([
      'history',
      { limit: 50, scene: '42', since: 700_000, before: 100 },
    ]);
    expect(text).toContain('href="/history?scene=42&amp;since=5m&amp;before=50"');
    expect((await ask('/history?scene=42')).text).toContain('href="/history/undo?scene=42"');
  });

  test.each([
    ['scene=x', 'A scene id is a whole number'],
    ['since=tomorrow', 'No time that lies back.'],
  ])('with %s says what is wrong, beside what was typed', async (query, words) => {
    const { ask, operations } = localVisitor();
    const { status, text } = await ask(`/history?${query}`);
    expect(status).toBe(422);
    expect(text).toContain(words);
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain(`value="${query.split('=')[1]}"`);
    expect(operations.calls.map(([name]) => name)).not.toContain('history');
  });

  test('without writes says what will be here', async () => {
    expect((await localVisitor().ask('/history')).text).toContain('Nothing was written yet.');
    expect((await localVisitor().ask('/history?scene=1')).text).toContain('No write fits.');
  });
});

describe('an undo', () => {
  const asking = (outcome: 'back' | 'left') =>
    localVisitor(
      fakeOperations({
        planUndo: () => Promise.resolve(succeed({ writes: 1, scenes: 1, shown: [planned(outcome)] })),
      }),
    );

  test('shows what it would do before it does anything', async () => {
    const { ask, operations } = asking('back');
    const { text } = await ask('/history/undo?write=w12');
    expect(text).toContain('1 write to 1 scene would be undone, and the scenes held');
    expect(text).toContain('put back');
    expect(operations.calls).toContainEqual([
      'planUndo',
      { selection: { kind: 'writes', writes: [12] }, isForced: false, limit: 20 },
    ]);
    expect(operations.calls.map(([name]) => name)).not.toContain('undo');
  });

  test('is done as confirmed, and then says what came of it', async () => {
    const { ask, operations } = asking('back');
    const { to } = await ask('/history/undo', { form: { write: 'w12' } });
    expect(operations.calls).toContainEqual([
      'undo',
      { selection: { kind: 'writes', writes: [12] }, isForced: false },
    ]);
    expect(to).toBe('/history/undo/report?since=0&writes=1&scenes=1');
    expect((await ask(to ?? '')).text).toContain('1 write to 1 scene undone.');
  });

  test('of what somebody has changed since is another question', async () => {
    const { ask, operations } = asking('left');
    const { text } = await ask('/history/undo?scene=42');
    expect(text).toContain('changed since: stays');
    expect(text).toContain('href="/history/undo?scene=42&amp;force=yes"');
    expect((await ask('/history/undo?scene=42&force=yes')).text).toContain('name="force" value="yes"');
    await ask('/history/undo', { form: { scene: '42', force: 'yes' } });
    expect(operations.calls).toContainEqual([
      'undo',
      { selection: { kind: 'scene', scene: '42' }, isForced: true },
    ]);
  });

  test('since a time is about the time of the plan, not of the word', async () => {
    const { ask, clock, operations } = asking('back');
    const { text } = await ask('/history/undo?since=5m');
    const [, since = ''] = /name="since" value="([^"]+)"/.exec(text) ?? [];
    clock.now += 60_000;
    await ask('/history/undo', { form: { since } });
    expect(operations.calls).toContainEqual([
      'undo',
      { selection: { kind: 'since', since: 700_000 }, isForced: false },
    ]);
  });

  test('that is refused leads back to its plan, and says why', async () => {
    const { ask } = localVisitor(
      fakeOperations({
        undo: () =>
          Promise.resolve(fail({ class: 'settings', message: 'dry_run is true.', advice: 'Set it.' })),
      }),
    );
    const { to } = await ask('/history/undo', { form: { write: 'w12' } });
    expect(to).toBe('/history/undo?write=w12');
    expect((await ask(to ?? '')).text).toContain('dry_run is true. Set it.');
  });

  test('of nothing says so, and of nonsense, too', async () => {
    expect((await localVisitor().ask('/history/undo?write=w12')).text).toContain(
      'Nothing is left to be undone there.',
    );
    expect(await localVisitor().ask('/history/undo?write=12')).toMatchObject({ status: 422 });
    expect(await localVisitor().ask('/history/undo', { form: {} })).toMatchObject({ status: 422 });
  });

  test('that goes on says how far it is', async () => {
    const { ask } = localVisitor(
      fakeOperations({
        undoReport: () =>
          Promise.resolve({
            open: 3,
            done: 2,
            left: 1,
            notes: [{ write: 12, scene: sceneId('42'), words: 'gone <i>' }],
          }),
      }),
    );
    const { text } = await ask('/history/undo/report?since=1&writes=5&scenes=2');
    expect(text).toContain('3 writes of 5 still to be undone');
    expect(text).toContain('<progress max="5" value="2"');
    expect(text).toContain('w12 (scene 42): gone &lt;i&gt;');
  });
});
