import { describe, expect, test } from 'vitest';
import type { Failure } from '../failure.ts';
import { fail, succeed } from '../result.ts';
import { diagnose } from './diagnose.ts';
import { diagnoseClosed } from './diagnoseClosed.ts';
import { adviceWords, type Finding, worstOf } from './finding.ts';
import {
  but,
  type Change,
  closed,
  DAY,
  failure,
  HOUR,
  MINUTE,
  NOW,
  open,
  plugin,
  refused,
  well,
} from './testing/wellFacts.ts';

const shown = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ name, state, found }) => `${state} ${name}: ${found}`);
const amiss = (change: Change): readonly string[] =>
  shown(diagnose(but(change)).filter(({ state }) => state !== 'ok'));

test('a set-up that is well: each line says what was found', () => {
  expect(shown(diagnose(well))).toEqual([
    'ok Settings: complete',
    'ok Node.js: v24.21.0, with SQLite 3.53.4',
    'ok Data folder: /var/plexsync: writable, 120 GB free, ext4',
    'ok Database: sound, 130 MB',
    'ok Daemon: process 4711, running for 3 hours',
    'ok Stash: answers, v0.30.1, with all fields that are needed',
    'ok Stash sign-in: the API key is accepted',
    'ok Scenes: 100 can be read',
    'ok Hook: last told of an edit 5 minutes ago',
    'ok Stash’s events: Stash tells when a task ends',
    'ok Stash’s clock: agrees with this machine’s',
    'ok Other writers: no other plugin that is enabled writes to Plex',
    'ok Plex: answers, 1.43.0',
    'ok Plex server: abc, as before',
    'ok Plex’s clock: agrees with this machine’s',
    'ok Plex token: accepted, and the owner’s',
    'ok Libraries: "Scenes", "Archive"',
    'ok Plex’s events: Plex tells of changes as they happen',
    'ok File index: 120 items of 1 library',
    'ok Path maps: /data => /media (97 files)',
    'ok Matches: 97 of 100 scenes linked (97 %)',
    'ok Queue: nothing is pending, 0 waiting for Plex',
    'ok Dead letters: none',
    'ok Work: nothing stands in the way',
  ]);
});

describe('each line, when it is not well', () => {
  const { stash, plex, matching, work } = well;
  const waiting = { ...work.queue, pending: 7, oldestPendingAt: NOW - 2 * HOUR };

  test.each<[string, Change, string]>([
    ['a setting', { problems: ['plex_token: none.'] }, 'problem Settings: plex_token: none.'],
    ['Node.js', { node: { sqliteWarning: 'Old SQLite.' } }, 'warning Node.js: v24.21.0: Old SQLite.'],
    [
      'a folder that nobody may write to',
      { folder: { refusal: 'EACCES' } },
      'problem Data folder: /var/plexsync cannot be written to (EACCES).',
    ],
    [
      'a disk that is nearly full',
      { folder: { freeBytes: 40e6 } },
      'problem Data folder: Only 40 MB are free in /var/plexsync.',
    ],
    [
      'a disk with little room',
      { folder: { freeBytes: 400e6 } },
      'warning Data folder: Only 400 MB are free in /var/plexsync.',
    ],
    [
      'a disk without room for a copy of the database',
      { folder: { freeBytes: 2e9, databaseBytes: 3e9 } },
      'warning Data folder: Only 2 GB are free in /var/plexsync.',
    ],
    [
      'a network file system',
      { folder: { fileSystem: 'nfs4' } },
      'warning Data folder: /var/plexsync lies on a network file system (nfs4), where a database can be damaged.',
    ],
    [
      'a file that others may read',
      { folder: { openFiles: ['/var/plexsync/plexsync.db'] } },
      'warning Data folder: Other users of this machine can read /var/plexsync/plexsync.db.',
    ],
    [
      'a damaged database',
      { database: { damage: 'row 3 missing from index x' } },
      'problem Database: It is damaged: row 3 missing from index x',
    ],
    ['no daemon', { daemon: null }, 'warning Daemon: None runs: what is edited waits until one does.'],
    [
      'a Stash that nobody named',
      { stash: null },
      'problem Stash: Not asked: stash_url is missing or wrong.',
    ],
    ['a Stash that refuses', { stash: { ...stash, probe: refused } }, 'problem Stash: Plex said 401.'],
    [
      'a Stash that says nothing',
      { stash: { ...stash, probe: null } },
      'problem Stash: No answer came in time.',
    ],
    [
      'a Stash without scenes',
      { stash: { ...stash, scenes: succeed(0) } },
      'warning Scenes: Stash has none.',
    ],
    [
      'a hook that was never seen',
      { stash: { ...stash, hookSeenAt: null } },
      'warning Hook: The plugin is enabled in Stash, and its hook has told of no edit yet.',
    ],
    [
      'a hook that has fallen silent',
      { stash: { ...stash, hookSeenAt: NOW - 41 * DAY } },
      'warning Hook: The plugin’s hook has told of no edit for 41 days.',
    ],
    [
      'a Stash whose WebSocket is refused',
      { stash: { ...stash, events: { state: 'closed', why: 'HTTP 404' } } },
      'warning Stash’s events: Stash does not tell of changes: HTTP 404.',
    ],
    [
      'a Stash whose clock is behind',
      { stash: { ...stash, clockAheadMs: succeed(-10 * MINUTE) } },
      'warning Stash’s clock: It is 10 minutes behind this machine’s.',
    ],
    [
      'another writer',
      { stash: { ...stash, plugins: succeed([plugin('plexsync'), plugin('Stash2Plex')]) } },
      'warning Other writers: The plugin Stash2Plex of Stash is enabled: it writes scenes to Plex, too.',
    ],
    ['a Plex that nobody named', { plex: null }, 'problem Plex: Not asked: plex_url is missing or wrong.'],
    ['a Plex that refuses', { plex: { ...plex, identity: refused } }, 'problem Plex: Plex said 401.'],
    [
      'another Plex server',
      { plex: { ...plex, knownServer: 'xyz' } },
      'problem Plex server: abc, not xyz that this data folder belongs to.',
    ],
    [
      'a Plex whose clock is ahead',
      { plex: { ...plex, clockAheadMs: succeed(HOUR) } },
      'warning Plex’s clock: It is 1 hour ahead of this machine’s.',
    ],
    [
      'no token',
      { plex: { ...plex, hasToken: false } },
      'problem Plex token: Not asked: plex_token is missing or wrong.',
    ],
    ['a bad token', { plex: { ...plex, token: refused } }, 'problem Plex token: Plex said 401.'],
    [
      'a guest’s token',
      { plex: { ...plex, isOwner: succeed(false) } },
      'problem Plex token: It is not the token of the server’s owner, who alone may edit.',
    ],
    ['libraries', { plex: { ...plex, libraries: refused } }, 'problem Libraries: Plex said 401.'],
    [
      'a Plex whose WebSocket is refused',
      { plex: { ...plex, events: { state: 'closed', why: 'Plex answered 404' } } },
      'warning Plex’s events: Plex does not tell of changes: Plex answered 404.',
    ],
    ['no index', { matching: { sections: [] } }, 'warning File index: No library was read yet.'],
    [
      'half an index',
      { matching: { sections: [...matching.sections, { title: 'B', items: 3, listedAt: null }] } },
      'warning File index: Not read to the end yet: "B".',
    ],
    [
      'a path map that fits nothing',
      { matching: { pathMaps: [{ from: '/a', to: '/b', support: 0, lookedAt: 97 }] } },
      'warning Path maps: The map 1 of path_map fits none of 97 linked files.',
    ],
    ['no match', { matching: { linkedScenes: 0 } }, 'warning Matches: No scene is linked to an item yet.'],
    ['few matches', { matching: { linkedScenes: 49 } }, 'warning Matches: 49 of 100 scenes linked (49 %)'],
    [
      'scenes that Plex does not know for long',
      { matching: { notInPlex: { scenes: 100, isCountCut: true } } },
      'warning Not in Plex: 100 or more scenes wait for Plex to know their files.',
    ],
    ['an old queue', { work: { queue: waiting } }, 'warning Queue: 7 jobs pending, the oldest for 2 hours.'],
    [
      'dead letters',
      { work: { queue: { ...work.queue, dead: 2, deadByClass: { ambiguous: 2 } } } },
      'warning Dead letters: 2 scenes for a person to look at (Several items match: 2).',
    ],
    ['a stop', { work: { stop: { reason: 'r', advice: 'a' } } }, 'problem Work: stopped: r'],
    ['a pause', { work: { pauses: [{ failure }] } }, 'problem Work: waits: Plex said 401.'],
    [
      'an outage',
      { work: { breakers: { plex: open, stash: closed } } },
      'problem Work: waits: Plex refused the connection',
    ],
    ['many destroyed', { work: { destroyed: { found: 'f', advice: 'a' } } }, 'warning Work: f'],
    [
      'a first sync that asks',
      { work: { asksFirst: true } },
      'warning Work: the first sync writes nothing until you accept it; single edits arrive',
    ],
    [
      'a pause of comparisons',
      { work: { rest: { kind: 'paused', since: 0 } } },
      'warning Work: the comparison of everything is paused until `plexsync reconcile --resume`',
    ],
    ['switched off', { work: { enabled: false } }, 'warning Work: switched off'],
    ['a dry run', { work: { dryRun: true } }, 'warning Work: a dry run: nothing is written'],
  ])('%s', (_, change, line) => {
    expect(amiss(change)).toEqual([line]);
  });

  test('says what to do, and no other line does', () => {
    for (const { state, advice } of diagnose(but({ daemon: null, plex: null }))) {
      expect(advice === null).toBe(state === 'ok');
    }
  });
});

describe('what is no fault', () => {
  const { stash, plex, matching, work } = well;

  test.each<[string, Change, string]>([
    [
      'an exam cut short',
      { database: { examined: 9 } },
      'ok Database: sound as far as time allowed, 9 of 15 tables, 130 MB',
    ],
    ['no sign-in', { stash: { ...stash, signIn: 'nothing' } }, 'ok Stash sign-in: none is asked for'],
    [
      'no plugin',
      { stash: { ...stash, plugins: succeed([]), hookSeenAt: null } },
      'ok Hook: no plugin of PlexSync is enabled in Stash: edits are looked for every 30 s',
    ],
    [
      'an older Stash',
      { stash: { ...stash, plugins: refused } },
      'ok Other writers: Stash does not tell its plugins',
    ],
    [
      'a Plex that keeps quiet about the owner',
      { plex: { ...plex, isOwner: succeed(null) } },
      'ok Plex token: accepted; Plex does not tell whether it is the owner’s',
    ],
    [
      'a Plex without a clock',
      { plex: { ...plex, clockAheadMs: succeed(null) } },
      'ok Plex’s clock: Plex does not tell the time',
    ],
    [
      'a first server',
      { plex: { ...plex, knownServer: null } },
      'ok Plex server: abc, to be remembered with the first sync',
    ],
    [
      'few matches because settings leave the others out',
      { matching: { linkedScenes: 30, leftOut: 60 } },
      'ok Matches: 30 of 40 scenes linked (75 %), 60 are left out',
    ],
    ['the same paths', { matching: { pathMaps: [] } }, 'ok Path maps: none is needed'],
    [
      'a given map that fits',
      { matching: { pathMaps: [{ from: '/a', to: '/b', support: 3, lookedAt: 97 }] } },
      'ok Path maps: /a => /b (given, fits 3 of 97)',
    ],
    [
      'a given map while few files are linked',
      { matching: { pathMaps: [{ from: '/a', to: '/b', support: 0, lookedAt: 9 }] } },
      'ok Path maps: /a => /b (given, fits 0 of 9)',
    ],
    [
      'scenes that Plex is asked to scan for',
      { matching: { ...matching, notInPlex: { scenes: 3, isCountCut: false }, asksPlexToScan: true } },
      'ok Work: nothing stands in the way',
    ],
    [
      'a long queue that is worked on',
      { work: { queue: { ...work.queue, pending: 7, running: 1, oldestPendingAt: NOW - 2 * HOUR } } },
      'ok Queue: 7 jobs pending, the oldest for 2 hours',
    ],
  ])('%s', (_, change, line) => {
    const findings = diagnose(but(change));
    expect(shown(findings)).toContain(line);
    expect(worstOf(findings)).toBe('ok');
  });

  test('the age of a queue that waits for something: that is told already', () => {
    const change = {
      work: { dryRun: true, queue: { ...work.queue, pending: 7, oldestPendingAt: NOW - 2 * HOUR } },
    };
    expect(amiss(change)).toEqual(['warning Work: a dry run: nothing is written']);
  });
});

test('what builds on an answer that failed is left out', () => {
  const names = diagnose(
    but({ stash: { ...well.stash, probe: refused }, plex: { ...well.plex, token: refused } }),
  ).map(({ name }) => name);
  expect(names).not.toContain('Scenes');
  expect(names).not.toContain('Libraries');
  expect(names).toContain('Plex server');
});

test('a server that is away is to come back, unless it says itself what to wait for', () => {
  const away = { class: 'unreachable', peer: 'plex', message: 'Plex refused the connection' } as const;
  const adviceFor = (failure: Failure): string | null | undefined =>
    diagnose(but({ plex: { ...well.plex, identity: fail(failure) } })).find(({ name }) => name === 'Plex')
      ?.advice;
  expect(adviceFor(away)).toBe('Start it, or correct plex_url. What is to be done is kept until it answers.');
  const starting = 'Nothing to do: Plex is starting.';
  expect(adviceFor({ ...away, advice: starting })).toBe(starting);
  expect([adviceWords(starting), adviceWords('Start it.')]).toEqual([starting, 'What to do: Start it.']);
});

test('when nothing can be opened, the reason and the machine are told', () => {
  const { node, folder } = well;
  const why = 'Another PlexSync is using the data folder.';
  expect(shown(diagnoseClosed({ node, folder, why }))).toEqual([
    'ok Node.js: v24.21.0, with SQLite 3.53.4',
    'ok Data folder: /var/plexsync: writable, 120 GB free, ext4',
    `problem Start: ${why}`,
  ]);
});
