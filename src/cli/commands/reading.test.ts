import { describe, expect, test } from 'vitest';
import { HOUR, item, job, NOW, plexsync } from '../../../test/fakes/commandLine.ts';
import { fakeOperations, quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { machineIdentifier, sceneId, sectionKey, sectionUuid } from '../../core/ids.ts';
import { NO_COUNTS } from '../../core/reconcile/progress.ts';
import { succeed } from '../../core/result.ts';
import type { PlannedScene } from '../../engine/operations.ts';
import { localTime } from '../output/localTime.ts';

describe('what people read', () => {
  test('status of a quiet daemon', async () => {
    const { out } = await plexsync('status', { daemon: fakeOperations() });
    expect(out).toBe(
      [
        'Daemon     PlexSync 1.2.3, process 4711, running for 11 days',
        'Writing    on',
        'Plex       ok',
        'Stash      ok',
        'Queue      0 pending, 0 running, 0 waiting for Plex, 0 dead letters',
        'Reconcile  none yet',
        'In step    0 scenes',
        'Links      0 scene files',
        'Last look  none yet',
        'Data       /data',
        'Inbox      /data/inbox\n',
      ].join('\n'),
    );
  });

  test('status of one in trouble', async () => {
    const status = {
      ...quietStatus,
      daemon: null,
      dryRun: true,
      queue: {
        pending: 2,
        bulk: 1,
        running: 1,
        waiting: 0,
        dead: 3,
        deadByClass: { 'no-match': 3 },
        oldestPendingAt: NOW - HOUR,
      },
      breakers: {
        plex: {
          state: 'open' as const,
          openedAt: NOW - 120_000,
          probeAt: NOW + 30_000,
          opened: 1,
          reason: 'Plex refused the connection',
        },
        stash: { state: 'closed' as const, failuresInRow: 2, reason: 'Stash is not ready' },
      },
      pauses: [{ failure: { class: 'auth' as const, message: 'Plex said 401.' }, since: NOW - HOUR }],
      stop: {
        kind: 'server-changed' as const,
        reason: 'Another Plex server.',
        advice: 'Run adopt-server.',
        since: NOW - 2 * HOUR,
      },
      index: [
        {
          uuid: sectionUuid('u'),
          key: sectionKey('1'),
          title: 'Sce\u001bnes',
          listedAt: NOW - HOUR,
          watermark: 0,
          caughtUpAt: null,
          items: 1000,
        },
      ],
      pathMaps: [
        { from: '/data', to: '/media', wasLocked: false, support: 120 },
        { from: '/a', to: '/b', wasLocked: false, support: 0 },
      ],
      links: 998,
      reconcile: {
        running: {
          startedAt: NOW - HOUR,
          total: 1_000,
          counts: { ...NO_COUNTS, scenes: 400, inStep: 393, queued: 7 },
          survey: null,
          remainingMs: 12_000,
          failure: null,
        },
        rest: null,
        last: null,
        nextAt: null,
      },
      lastPollAt: NOW - 12_000,
    };
    const { out } = await plexsync('status', {
      daemon: fakeOperations({ status: () => Promise.resolve(status) }),
    });
    expect(out).toBe(
      [
        'Daemon     not running (PlexSync 1.2.3)',
        'Writing    off (dry_run is true)',
        'STOPPED    2 hours ago: Another Plex server. Run adopt-server.',
        'PAUSED     1 hour ago: Sign-in refused: Plex said 401. Correct the token or API key in the settings. A service has to be restarted then; the plugin goes on by itself.',
        'Plex       unreachable for 2 minutes, next try in 30 seconds: Plex refused the connection',
        'Stash      2 failures in a row: Stash is not ready',
        'Queue      2 pending (1 of them in bulk, oldest 1 hour ago), 1 running, 0 waiting for Plex, 3 dead letters',
        '           Not in Plex: 3',
        'Library    Sce\\u001bnes: 1000 items, completely read 1 hour ago',
        'Path map   /data => /media (seen in 120 files)',
        'Path map   /a => /b',
        'Reconcile  runs: 400 of 1000 scenes (40 %), 12 seconds left; 7 queued',
        'In step    0 scenes',
        'Links      998 scene files',
        'Last look  12 seconds ago, at both servers',
        'Data       /data',
        'Inbox      /data/inbox\n',
      ].join('\n'),
    );
  });

  test.each([
    ['was never asked', null, 'not asked yet'],
    ['was asked by a daemon of before', NOW - HOUR, 'not asked now; answered 1 hour ago'],
  ])('status of a server that %s claims nothing', async (_, lastPollAt, words) => {
    const status = { ...quietStatus, daemon: null, hasAnswered: { plex: false, stash: false }, lastPollAt };
    const { out } = await plexsync('status', { own: fakeOperations({ status: async () => status }) });
    expect(out).toContain(`\nPlex       ${words}\nStash      ${words}\n`);
  });

  test('status of a server that refuses the sign-in does not call it ok', async () => {
    const failure = { class: 'auth', peer: 'stash', message: 'Stash said 401.' } as const;
    const status = { ...quietStatus, pauses: [{ failure, since: NOW }] };
    const { out } = await plexsync('status', { daemon: fakeOperations({ status: async () => status }) });
    expect(out).toContain('\nPlex       ok\nStash      answers, and work waits: see PAUSED\n');
  });

  test('status before the set-up is done, and with another writer', async () => {
    const status = {
      ...quietStatus,
      setup: { problems: ['plex_url: found nothing.', 'plex_token: found nothing.'] },
      warnings: ['The plugin Stash2Plex of Stash is enabled.'],
    };
    const { out } = await plexsync('status', {
      daemon: fakeOperations({ status: () => Promise.resolve(status) }),
    });
    expect(out.split('\n').slice(0, 5)).toEqual([
      'Daemon      PlexSync 1.2.3, process 4711, running for 11 days',
      'NOT SET UP  plex_url: found nothing.',
      'NOT SET UP  plex_token: found nothing.',
      'Writing     on',
      'Warning     The plugin Stash2Plex of Stash is enabled.',
    ]);
  });

  test('queue', async () => {
    const jobs = [
      job({}),
      job({
        subject: { kind: 'library', id: 'all' },
        source: 'sweep',
        priority: 140,
        dueAt: NOW + 90_000,
        attempt: 2,
        failure: { class: 'rejected', message: 'Plex said 500.' },
      }),
    ];
    const { out } = await plexsync('queue', {
      daemon: fakeOperations({ queue: () => Promise.resolve(jobs) }),
    });
    expect(out).toBe(
      [
        'JOB         STATE    SINCE    DUE          PRIORITY  BECAUSE                   TRIED  LAST FAILURE',
        'scene 42    pending  2 hours  now          10        Stash hook                    0',
        'all scenes  pending  2 hours  in 1 minute  140 bulk  comparison of everything      2  Refused by Plex or Stash: Plex said 500.\n',
      ].join('\n'),
    );
  });

  test('dead letters, by kind, with candidates and what to do', async () => {
    const candidates = [
      { item, title: 'A', path: '/media/a.mp4', size: 7, durationMs: null },
      { item, title: 'B\n', path: '/media/b.mp4', size: null, durationMs: null },
    ];
    const jobs = [
      job({
        state: 'dead',
        attempt: 5,
        failure: { class: 'no-match', message: 'No file fits.', advice: 'Scan.' },
      }),
      job({ state: 'dead', failure: { class: 'ambiguous', message: 'Two fit.', candidates } }),
    ];
    const { out } = await plexsync('dead', { daemon: fakeOperations({ dead: () => Promise.resolve(jobs) }) });
    expect(out).toBe(
      [
        'Not in Plex (1 dead letter; plexsync retry --kind no-match)',
        '  scene 42  2 hours ago, tried 5 times',
        '    No file fits.',
        '    What to do: Scan.',
        '',
        'Several items match (1 dead letter; plexsync retry --kind ambiguous)',
        '  scene 42  2 hours ago',
        '    Two fit.',
        '    - item 123 "A", /media/a.mp4, 7 bytes',
        '    - item 123 "B\\n", /media/b.mp4',
        '    What to do: Choose one of them (`plexsync pin`). Or remove the duplicate from Plex, or let the path maps tell the copies apart, then retry.\n',
      ].join('\n'),
    );
  });

  test('lists say when they may go on', async () => {
    const daemon = fakeOperations({ queue: () => Promise.resolve([job({})]) });
    expect((await plexsync('queue --limit 1', { daemon })).out).toContain(
      'The first 1 job; --limit shows more.',
    );
  });

  test('nothing to list is said in words', async () => {
    const daemon = fakeOperations();
    const said = await Promise.all(
      ['queue', 'dead', 'history'].map((command) => plexsync(command, { daemon })),
    );
    expect(said.map(({ out }) => out)).toEqual([
      'Nothing is queued.\n',
      'No dead letters.\n',
      'Nothing was written yet.\n',
    ]);
  });

  test('plan: what would be written and why, what cannot be', async () => {
    const planned: PlannedScene[] = [
      {
        sceneId: sceneId('42'),
        title: 'Sea',
        held: null,
        failure: null,
        leftOut: null,
        items: [
          {
            sceneId: sceneId('42'),
            item,
            itemTitle: 'sea',
            evidence: 'path',
            ours: {},
            bases: {},
            desiredHash: 'h',
            warnings: ['300 tags, of which the first 100 are sent'],
            images: [
              {
                kind: 'poster',
                act: 'upload',
                reason: 'first',
                skipped: null,
                before: 'media://123/thumb',
                key: null,
                arrived: null,
                wasLocked: false,
                isLockMissing: true,
                failure: null,
              },
              {
                kind: 'background',
                act: 'nothing',
                reason: 'no-cover',
                skipped: 'webp',
                before: null,
                key: null,
                arrived: null,
                wasLocked: false,
                isLockMissing: true,
                failure: null,
              },
              // Nothing is told of a scene without a cover.
              {
                kind: 'background',
                act: 'nothing',
                reason: 'no-cover',
                skipped: 'no-cover',
                before: null,
                key: null,
                arrived: null,
                wasLocked: false,
                isLockMissing: true,
                failure: null,
              },
            ],
            decisions: [
              {
                field: 'title',
                from: 'sea',
                to: 'Sea',
                wasLocked: false,
                reason: 'changed',
                edit: { kind: 'text', field: 'title', value: 'Sea', lock: true },
                intended: 'Sea',
              },
              {
                field: 'genres',
                from: ['A'],
                to: ['A'],
                wasLocked: false,
                reason: 'same',
                edit: null,
                intended: null,
              },
              {
                field: 'studio',
                from: 'X',
                to: '',
                wasLocked: false,
                reason: 'not-ours',
                edit: null,
                intended: null,
              },
            ],
          },
        ],
      },
      {
        sceneId: sceneId('43'),
        title: '',
        held: { sceneId: sceneId('43'), at: NOW, by: 'undo', reason: '', passedOverAt: null },
        failure: { class: 'no-match', message: 'No file.', advice: 'Scan.' },
        items: [],
        leftOut: null,
      },
      {
        sceneId: sceneId('44'),
        title: 'Bay',
        held: null,
        failure: null,
        items: [],
        leftOut: 'not organized (only_organized)',
      },
    ];
    const { out } = await plexsync('plan 42 43 44', {
      daemon: fakeOperations({ plan: () => Promise.resolve(succeed(planned)) }),
    });
    expect(out).toBe(
      [
        'Scene 42 "Sea" → item 123 "sea" (same path)',
        '  FIELD       PLEX NOW           WOULD BE         WHY',
        '  title       "sea"              "Sea"            changed in Stash',
        '  studio      "X"                (left as it is)  empty in Stash, and Plex’s value is not ours',
        '  poster      media://123/thumb  the cover        first written by PlexSync',
        '  background                     (left as it is)  the cover is a WebP; only JPEG and PNG are sent',
        '  Note: 300 tags, of which the first 100 are sent',
        '',
        'Scene 43',
        `  Held since ${localTime(NOW)} by an undo: nothing is written until \`plexsync release 43\`.`,
        '  Not in Plex: No file. Scan.',
        '',
        'Scene 44 "Bay"',
        '  Left out: not organized (only_organized).',
        '',
        '3 scenes: 1 would change, 0 in step, 1 left out, 1 not in Plex; title 1, poster 1.\n',
      ].join('\n'),
    );
  });

  test('adopting a server names it', async () => {
    const adoptServer = () => Promise.resolve(succeed({ machineIdentifier: machineIdentifier('abc') }));
    expect((await plexsync('adopt-server', { daemon: fakeOperations({ adoptServer }) })).out).toContain(
      'Plex server abc',
    );
  });
});
