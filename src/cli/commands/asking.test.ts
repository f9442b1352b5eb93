import { describe, expect, test } from 'vitest';
import { HOUR, job, NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { type FakeOperations, fakeOperations, quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../core/ids.ts';
import { fail, succeed } from '../../core/result.ts';
import { sceneSubject, wholeLibrary } from '../../core/scene.ts';
import type { Operations, PlannedScene, Status } from '../../engine/operations.ts';

describe('asking', () => {
  test.each<[string, FakeOperations['calls'][number]]>([
    ['queue', ['queue', { states: ['pending', 'running', 'waiting'], limit: 50 }]],
    ['queue --state dead --limit 3', ['queue', { states: ['dead'], limit: 3 }]],
    ['dead', ['dead', { limit: 50 }]],
    ['dead --kind no-match', ['dead', { limit: 50, class: 'no-match' }]],
    ['sync 1 2', ['sync', { kind: 'scenes', scenes: ['1', '2'] }]],
    ['sync --recent 24h', ['sync', { kind: 'recent', sinceMs: 24 * HOUR }]],
    ['sync --all', ['sync', { kind: 'all' }]],
    [
      'retry 7 tag:8',
      [
        'retry',
        {
          kind: 'subjects',
          subjects: [
            { kind: 'scene', id: '7' },
            { kind: 'tag', id: '8' },
          ],
        },
      ],
    ],
    ['reconcile', ['reconcile']],
    ['reconcile --cancel', ['cancelReconcile']],
    ['reconcile --pause', ['pauseReconcile']],
    ['reconcile --resume', ['resumeReconcile']],
    ['first-sync --run', ['runFirstSync']],
    ['gaps --limit 5', ['gaps', { limit: 5 }]],
    ['retry --all', ['retry', { kind: 'all' }]],
    ['retry --kind rejected', ['retry', { kind: 'class', class: 'rejected' }]],
    ['clear dead 7', ['clearDead', { kind: 'subjects', subjects: [{ kind: 'scene', id: '7' }] }]],
    ['clear dead --all', ['clearDead', { kind: 'all' }]],
    ['clear dead --kind no-match', ['clearDead', { kind: 'class', class: 'no-match' }]],
    ['clear queue', ['clearQueue']],
    ['doctor', ['doctor']],
    ['plan 1 2', ['plan', ['1', '2']]],
    ['history', ['history', { limit: 50 }]],
    ['history 42 --limit 5', ['history', { scene: '42', limit: 5 }]],
    ['resume', ['resume']],
    ['adopt-server', ['adoptServer']],
  ])('%s', async (args, call) => {
    const daemon = fakeOperations();
    expect(await plexsync(args, { daemon })).toMatchObject({ code: 0, err: '' });
    expect(daemon.calls.filter(([name]) => name !== 'status')).toEqual([call]);
  });

  test.each([
    'sync',
    'sync 1 --all',
    'sync abc',
    'sync 0',
    'sync 00003',
    'sync 9223372036854775808',
    'retry tag:0',
    'plan 0',
    'history 007',
    'sync --recent 24',
    'sync --recent 0h',
    'retry',
    'retry --all --kind rejected',
    'retry --kind nonsense',
    'retry film:7',
    'clear',
    'clear dead',
    'clear dead 7 --all',
    'clear queue 7',
    'reconcile --pause --resume',
    'reconcile --cancel --pause',
    'queue --state lost',
    'queue --limit 0',
    'history x',
    'nonsense',
    'status --nonsense',
    '',
  ])('“%s” is wrong usage: exit code 2, one message, nothing asked', async (args) => {
    const daemon = fakeOperations();
    const { code, err, out } = await plexsync(args, { daemon });
    expect({ code, out, calls: daemon.calls }).toEqual({ code: 2, out: '', calls: [] });
    expect(err).not.toBe('');
  });

  test('help is no failure and lists the exit codes', async () => {
    const { code, out } = await plexsync('--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit codes:\n  0  ');
  });
});

describe('plan without ids', () => {
  test('is about the scenes that are queued, not about fan-outs', async () => {
    const subjects = [sceneSubject(sceneId('7')), wholeLibrary, sceneSubject(sceneId('9'))];
    const queue = () => Promise.resolve(subjects.map((subject) => job({ subject })));
    const daemon = fakeOperations({ queue });
    expect(await plexsync('plan', { daemon })).toMatchObject({ code: 0 });
    expect(daemon.calls.at(-1)).toEqual(['plan', ['7', '9']]);
  });

  test('says so when nothing is queued, and asks for no plan', async () => {
    const daemon = fakeOperations();
    const { out } = await plexsync('plan', { daemon });
    expect(out).toBe('Nothing is queued; name the scenes by their ids, or --all.\n');
    expect(daemon.calls.map(([name]) => name)).toEqual(['queue']);
  });
});

describe('plan --all', () => {
  const planned = (id: string, failure: PlannedScene['failure'] = null): PlannedScene => ({
    sceneId: sceneId(id),
    title: '',
    held: null,
    items: [],
    failure,
    leftOut: null,
  });
  const rows = [[planned('1')], [planned('2', { class: 'no-match', message: 'No file.' })]] as const;
  /** Two pages; then what a test says. */
  const paged = (then: () => ReturnType<Operations['planPage']>): FakeOperations =>
    fakeOperations({
      planPage: ({ after }) => {
        if (after === null) return Promise.resolve(succeed({ scenes: rows[0], last: sceneId('1') }));
        if (after === '1') return Promise.resolve(succeed({ scenes: rows[1], last: sceneId('2') }));
        return then();
      },
    });
  const summary = {
    scenes: 2,
    wouldChange: 0,
    inStep: 1,
    leftOut: 0,
    failures: { 'no-match': 1 },
    fields: {},
  };

  test('asks for page after page and ends with what they come to', async () => {
    const daemon = paged(() => Promise.resolve(succeed({ scenes: [], last: null })));
    const { code, out } = await plexsync('plan --all', { daemon });
    expect(code).toBe(0);
    expect(out).toContain('Scene 2\n  Not in Plex: No file.');
    expect(out.trimEnd().split('\n').at(-1)).toBe('2 scenes: 0 would change, 1 in step, 1 not in Plex.');
    expect(daemon.calls).toEqual([
      ['planPage', { after: null, limit: 50 }],
      ['planPage', { after: '1', limit: 50 }],
      ['planPage', { after: '2', limit: 50 }],
    ]);
  });

  test('prints a page before it asks for the next one, so that it holds none', async () => {
    let printed = '';
    const seen: string[] = [];
    const daemon = paged(() => {
      seen.push(printed);
      return Promise.resolve(succeed({ scenes: [], last: null }));
    });
    await plexsync('plan --all', { daemon, out: (text) => void (printed += text) });
    expect(seen).toEqual([expect.stringContaining('Scene 2')]);
  });

  test('is one JSON document for programs, also when it breaks off', async () => {
    const whole = paged(() => Promise.resolve(succeed({ scenes: [], last: null })));
    const { out } = await plexsync('plan --all --json', { daemon: whole });
    expect(JSON.parse(out)).toEqual({ scenes: rows.flat(), summary });
    const failure = { class: 'unreachable', peer: 'plex', message: 'Plex is away.' } as const;
    const broken = await plexsync('plan --all --json', {
      daemon: paged(() => Promise.resolve(fail(failure))),
    });
    expect(broken.code).toBe(3);
    expect(JSON.parse(broken.out)).toEqual({
      scenes: rows.flat(),
      summary,
      error: { reason: 'unreachable', message: 'Plex is away.', advice: expect.any(String) },
    });
  });

  test('that breaks off says so after what it has told, with the exit code of the reason', async () => {
    const failure = { class: 'unreachable', peer: 'plex', message: 'Plex is away.' } as const;
    const { code, out, err } = await plexsync('plan --all', {
      daemon: paged(() => Promise.resolve(fail(failure))),
    });
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('Plex is away.') });
    expect(out).toContain('Scene 2');
  });

  test('with ids is refused', async () => {
    expect((await plexsync('plan 1 --all')).code).toBe(2);
  });
});

test('many named scenes are planned in parts', async () => {
  const daemon = fakeOperations();
  await plexsync(`plan ${Array.from({ length: 120 }, (_, index) => index + 1).join(' ')}`, { daemon });
  expect(daemon.calls.map(([, ids]) => (Array.isArray(ids) ? ids.length : null))).toEqual([50, 50, 20]);
});

describe('sync without a daemon', () => {
  test('really happens: what is due is worked off before the answer', async () => {
    const { events, out, code } = await plexsync('sync 42');
    expect(events).toEqual(['connect /nowhere/plexsync-data', 'open', 'drain', 'close']);
    expect({ out, code }).toEqual({
      out: '1 scene queued and worked off. Nothing is left to do.\n',
      code: 0,
    });
  });

  test('tells what is left; with a server down the exit code is 3', async () => {
    const own = fakeOperations({
      status: () =>
        Promise.resolve({
          ...quietStatus,
          queue: { ...quietStatus.queue, pending: 3, waiting: 1, dead: 2 },
          breakers: {
            ...quietStatus.breakers,
            plex: { state: 'open', openedAt: NOW, probeAt: NOW, opened: 1, reason: 'refused' },
          },
        }),
    });
    expect(await plexsync('sync 42', { own })).toMatchObject({
      code: 3,
      out: '1 scene queued. Left: 3 jobs to be tried again (plexsync queue), 1 job waiting for Plex, 2 dead letters (plexsync dead). No answer: refused\n',
    });
  });

  test('a server that failed once is told with its reason, long before its breaker opens', async () => {
    const breakers = {
      ...quietStatus.breakers,
      plex: { state: 'closed', failuresInRow: 1, reason: 'Plex refused the connection' },
    } as const;
    const queue = { ...quietStatus.queue, pending: 1 };
    const own = fakeOperations({ status: () => Promise.resolve({ ...quietStatus, queue, breakers }) });
    expect(await plexsync('sync 42', { own })).toMatchObject({
      code: 3,
      out: '1 scene queued. Left: 1 job to be tried again (plexsync queue). No answer: Plex refused the connection\n',
    });
  });

  test('what is left for another reason is not done: exit code 1', async () => {
    const queue = { ...quietStatus.queue, pending: 1 };
    const own = fakeOperations({ status: () => Promise.resolve({ ...quietStatus, queue }) });
    expect(await plexsync('sync 42', { own })).toMatchObject({ code: 1 });
  });

  test('a stop is told with what to do about it', async () => {
    const stop = {
      kind: 'safety' as const,
      reason: 'Most links fail.',
      advice: 'Run plexsync resume.',
      since: NOW,
    };
    const own = fakeOperations({ status: () => Promise.resolve({ ...quietStatus, stop }) });
    const { out, code } = await plexsync('sync --all', { own });
    expect(out).toContain('Stopped: Most links fail. Run plexsync resume.');
    expect(code).toBe(1);
  });

  test.each([
    ['sync 99999', 1, ''],
    ['sync 42 99999', 2, '2 scenes queued and worked off. Nothing is left to do.\n'],
  ])('%s: a scene that Stash does not have is told, exit code 1', async (args, scenes, before) => {
    const counts = { added: scenes, coalesced: 0, scenes, missing: [sceneId('99999')] };
    const own = fakeOperations({ sync: () => Promise.resolve(succeed(counts)) });
    const { code, out, events } = await plexsync(args, { own });
    expect({ code, out }).toEqual({
      code: 1,
      out: `${before}Stash has no scene 99999. Look for the number in the address of the scene in Stash; it may have been deleted there, or merged into another one.\n`,
    });
    expect(events).toContain('drain');
  });

  test('with a daemon, it does the work', async () => {
    const { out, events } = await plexsync('sync 42', { daemon: fakeOperations() });
    expect(out).toBe('1 scene queued; the daemon does it now.\n');
    expect(events).not.toContain('drain');
  });

  test('a failure that is part of the job ends it with the class’s exit code and advice', async () => {
    const failure = { class: 'unreachable', peer: 'stash', message: 'Stash refused the connection' } as const;
    const own = fakeOperations({ sync: () => Promise.resolve(fail(failure)) });
    expect(await plexsync('sync --recent 1d', { own })).toMatchObject({
      code: 3,
      err: 'Stash refused the connection\nNothing to do: the job is done as soon as the server answers again.\n',
    });
  });

  test('all scenes are counted where Stash tells how many there are', async () => {
    const counts = { added: 1, coalesced: 0 };
    const said = async (args: string, scenes: number | null) => {
      const daemon = fakeOperations({
        sync: () => Promise.resolve(succeed({ ...counts, scenes })),
        reconcile: () => Promise.resolve(succeed({ ...counts, scenes })),
      });
      return (await plexsync(args, { daemon })).out;
    };
    expect(await said('sync --all', 512)).toBe(
      'A comparison of all 512 scenes is queued; the daemon does it now.\n',
    );
    expect(await said('sync --all', null)).toBe(
      'A comparison of all scenes is queued; the daemon does it now.\n',
    );
    expect(await said('reconcile', 7)).toBe(
      'A new listing of Plex’s libraries and a comparison of all 7 scenes are queued; the daemon does it now.\n',
    );
  });

  test.each<[string, Partial<Status>, string]>([
    [
      'is not set up',
      { setup: { problems: ['plex_url: found nothing.'] } },
      'Not set up: plex_url: found nothing.',
    ],
    [
      'is stopped',
      { stop: { kind: 'safety', reason: 'Most links fail.', advice: 'Run plexsync resume.', since: NOW } },
      'Stopped: Most links fail. Run plexsync resume.',
    ],
    [
      'is paused',
      {
        pauses: [
          { failure: { class: 'auth', message: 'Plex said 401.', advice: 'Correct it.' }, since: NOW },
        ],
      },
      'Paused: Plex said 401. Correct it.',
    ],
  ])('a daemon that %s keeps it, and it is said for what it waits', async (_, state, why) => {
    const status = () => Promise.resolve({ ...quietStatus, ...state });
    const retry = () => Promise.resolve(succeed({ retried: 2 }));
    const daemon = fakeOperations({ status, retry });
    const said = async (args: string) => (await plexsync(args, { daemon })).out;
    expect(await said('sync 42')).toBe(`1 scene queued; it waits. ${why}\n`);
    expect(await said('retry --all')).toBe(`2 dead letters queued; it waits. ${why}\n`);
  });

  test('one that is switched off has queued nothing, and says so', async () => {
    const off = {
      class: 'settings',
      message: 'PlexSync is switched off (enabled is false): nothing was queued.',
      advice: 'Everything is compared later.',
    } as const;
    const refuse = () => Promise.resolve(fail(off));
    const daemon = fakeOperations({ sync: refuse, reconcile: refuse, retry: refuse });
    for (const args of ['sync 42', 'reconcile', 'retry --all']) {
      expect(await plexsync(args, { daemon })).toMatchObject({
        code: 2,
        out: '',
        err: `${off.message}\n${off.advice}\n`,
      });
    }
  });
});
