import { describe, expect, test } from 'vitest';
import { HOUR, item, NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../core/ids.ts';
import type { Change, JournalEntry } from '../../core/journalEntry.ts';
import { succeed } from '../../core/result.ts';
import type { UndoPlan } from '../../engine/undoOperations.ts';
import { displayWidth } from '../output/displayWidth.ts';
import { localTime } from '../output/localTime.ts';

const change = (facts: Partial<Change>): Change => ({
  field: 'title',
  before: '',
  after: '',
  wasLocked: false,
  wasLockOurs: false,
  isLocked: true,
  ours: { before: null, after: null },
  entries: null,
  reason: 'first',
  ...facts,
});

const title = change({ before: 'sea', after: 'Sea' });
const genres = change({
  field: 'genres',
  before: ['A', 'C'],
  after: ['A', 'B', 'D'],
  wasLocked: true,
  reason: 'changed',
});

const entry = (facts: Partial<JournalEntry>): JournalEntry => ({
  id: 12,
  at: NOW - HOUR,
  state: 'arrived',
  source: 'hook',
  sceneId: sceneId('42'),
  item,
  changes: [title, genres],
  undone: [],
  ...facts,
});

describe('history', () => {
  const entries = [
    entry({
      id: 13,
      source: 'undo',
      state: 'sent',
      changes: [change({ wasLocked: true, isLocked: false, reason: 'undone' })],
    }),
    entry({ undone: [{ field: 'title', by: 13 }] }),
    entry({
      id: 7,
      source: null,
      state: 'given-up',
      changes: [genres],
      undone: [{ field: 'genres', by: null }],
    }),
  ];
  const daemon = fakeOperations({ history: () => Promise.resolve(entries) });

  test('names each write, when it was, who asked, and what it did to values and locks', async () => {
    const { out } = await plexsync('history 42', { daemon });
    const when = localTime(NOW - HOUR);
    expect(out).toBe(
      [
        `w13  ${when}  scene 42 → item 123  not proven yet  by undo`,
        '  title  unlocked  put back by an undo',
        '',
        `w12  ${when}  scene 42 → item 123  by hook`,
        '  title   "sea" → "Sea"; locked  undone by w13',
        '  genres  + B, D  − C            changed in Stash',
        '',
        `w7  ${when}  scene 42 → item 123  not kept by Plex`,
        '  genres  + B, D  − C  undone\n',
      ].join('\n'),
    );
    expect(daemon.calls).toContainEqual(['history', { scene: '42', limit: 50 }]);
  });

  test('fits 80 columns, whatever is in it', async () => {
    const long = [
      entry({
        id: 1_234_567,
        source: 'command',
        state: 'given-up',
        sceneId: sceneId('1234567'),
        changes: [
          change({ before: 'x'.repeat(300), after: '日本'.repeat(90), reason: 'kept-present' }),
          change({ field: 'originallyAvailableAt', after: '2020-01-01', reason: 'kept-locked' }),
        ],
      }),
    ];
    const { out } = await plexsync('history', {
      daemon: fakeOperations({ history: () => Promise.resolve(long) }),
      width: 80,
    });
    for (const line of out.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(out).toContain('w1234567');
  });

  test('goes back to a time, and gives all of it to programs', async () => {
    await plexsync('history --since 2h', { daemon });
    expect(daemon.calls).toContainEqual(['history', { limit: 50, since: NOW - 2 * HOUR }]);
    expect(JSON.parse((await plexsync('history --json', { daemon })).out)).toEqual(entries);
  });

  test.each(['soon', '2099-01-01', '99999d', '2026-13-01'])('refuses %s as a time', async (time) => {
    const { code, err } = await plexsync(`history --since ${time}`, { daemon });
    expect(code).toBe(2);
    expect(err).toContain('no time that lies back');
  });
});

describe('undo', () => {
  const plan: UndoPlan = {
    writes: 3,
    scenes: 3,
    shown: [
      {
        sceneId: sceneId('42'),
        item,
        itemTitle: 'Sea',
        writes: [12],
        failure: null,
        fields: [
          {
            change: change({
              before: 'Sea',
              after: 'sea',
              wasLocked: true,
              isLocked: false,
              reason: 'undone',
            }),
            outcome: 'back',
          },
          { change: change({ field: 'studio' }), outcome: 'same' },
          { change: change({ field: 'summary' }), outcome: 'left' },
        ],
      },
      {
        sceneId: sceneId('43'),
        item,
        itemTitle: '',
        writes: [13, 14],
        fields: [],
        failure: { class: 'no-match', message: 'No file.', advice: 'Scan.' },
      },
    ],
  };
  const planned = { planUndo: () => Promise.resolve(succeed(plan)) };
  const PLAN = [
    '3 writes to 3 scenes would be undone, and the scenes held:',
    '',
    'Scene 42 → item 123 "Sea" (w12)',
    '  title    "Sea" → "sea"; unlocked  put back',
    '  studio                            is so already',
    '  summary                           changed since: stays (--force)',
    '',
    'Scene 43 → item 123 (w13, w14): cannot be undone. No file. Scan.',
    '',
    '… and 1 more scene.',
    '',
  ].join('\n');

  test('shows what it will do, asks, and does it', async () => {
    const daemon = fakeOperations(planned);
    const questions: string[] = [];
    const ask = async (question: string): Promise<boolean> => questions.push(question) > 0;
    const { out, code } = await plexsync('undo w12 w13', { daemon, ask });
    expect(questions).toEqual(['Undo this?']);
    expect(out).toBe(
      `${PLAN}1 write to 1 scene undone.\nNothing is written for the scene until you release it: \`plexsync holds\`, \`plexsync release\`.\n`,
    );
    expect(code).toBe(0);
    const request = { selection: { kind: 'writes', writes: [12, 13] }, isForced: false };
    expect(daemon.calls).toContainEqual(['planUndo', { ...request, limit: 20 }]);
    expect(daemon.calls).toContainEqual(['undo', request]);
  });

  test('does nothing without a yes', async () => {
    const daemon = fakeOperations(planned);
    const { out } = await plexsync('undo --scene 42', { daemon, ask: async () => false });
    expect(out).toBe(`${PLAN}Nothing was undone.\n`);
    expect(daemon.calls.some(([name]) => name === 'undo')).toBe(false);
  });

  test.each([
    ['undo w12', PLAN],
    ['undo w12 --json', ''],
  ])('%s refuses where nobody can be asked', async (args, shown) => {
    const daemon = fakeOperations(planned);
    const { out, err, code } = await plexsync(args, { daemon });
    expect(code).toBe(2);
    expect(err).toBe('Nothing was undone: nobody can be asked here.\nAdd --yes if it is meant.\n');
    if (shown === '') expect(JSON.parse(out)).toMatchObject({ error: { reason: 'usage' } });
    else expect(out).toBe(shown);
    expect(daemon.calls.some(([name]) => name === 'undo')).toBe(false);
  });

  test('--yes asks nobody; progress is shown until all is done, and what stayed as it is', async () => {
    const opens = [3, 2, 1, 0];
    const daemon = fakeOperations({
      ...planned,
      undo: () => Promise.resolve(succeed({ askedAt: 5, writes: 3, scenes: 2 })),
      undoReport: () => {
        const open = opens.length > 1 ? (opens.shift() ?? 0) : 0;
        const notes = [{ write: 12, scene: sceneId('42'), words: 'title: changed since, so it stays' }];
        return Promise.resolve({ open, done: 3 - open, left: 1, notes });
      },
    });
    const { out, err } = await plexsync('undo --since 1d --force --yes', { daemon, isLogOnTerminal: true });
    expect(err).toContain('Undone: 1 of 3');
    expect(out).toContain(
      [
        '3 writes to 2 scenes undone, 1 write of them not whole.',
        '  w12 (scene 42): title: changed since, so it stays',
        'Nothing is written for these scenes until you release them: `plexsync holds`, `plexsync release`.',
      ].join('\n'),
    );
    expect(daemon.calls).toContainEqual([
      'undo',
      { selection: { kind: 'since', since: NOW - 24 * HOUR }, isForced: true },
    ]);
  });

  test('that gets nowhere says that it goes on by itself', async () => {
    const daemon = fakeOperations({
      ...planned,
      undoReport: () => Promise.resolve({ open: 1, done: 0, left: 0, notes: [] }),
    });
    const { out, code } = await plexsync('undo w12 --yes', { daemon });
    expect(out).toContain('1 write of 1 still to be undone; it goes on by itself');
    expect(code).toBe(0);
  });

  test('without a daemon works it off itself', async () => {
    const { events, code } = await plexsync('undo w12 --yes', { own: fakeOperations(planned) });
    expect(events).toContain('drain');
    expect(code).toBe(0);
  });

  test('says when nothing is left to be undone', async () => {
    expect((await plexsync('undo w12 --yes', { daemon: fakeOperations() })).out).toBe(
      'Nothing is left to be undone there.\n',
    );
  });

  test.each(['undo', 'undo w1 --scene 2', 'undo 42', 'undo w0'])('%s is wrong usage', async (args) => {
    expect((await plexsync(args, { daemon: fakeOperations(planned) })).code).toBe(2);
  });
});
