import { describe, expect, test } from 'vitest';
import { plexsync, TOKEN } from '../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../test/fakes/fakeOperations.ts';
import { fail, succeed } from '../core/result.ts';
import { ControlError } from '../server/controlClient.ts';
import { StoreError } from '../store/storeError.ts';

describe('who answers', () => {
  test('the running daemon, found by the data directory; nothing is opened', async () => {
    const { code, events, out } = await plexsync('status', { daemon: fakeOperations() });
    expect({ code, events }).toEqual({ code: 0, events: ['connect /nowhere/plexsync-data'] });
    expect(out).toContain('process 4711');
  });

  test('this process when no daemon runs; the data directory is given back', async () => {
    const { code, events } = await plexsync('status');
    expect({ code, events }).toEqual({
      code: 0,
      events: ['connect /nowhere/plexsync-data', 'open', 'close'],
    });
  });

  test('the data directory is given back after a failure too', async () => {
    const own = fakeOperations({ status: () => Promise.reject(new Error('disk full')) });
    expect((await plexsync('status', { own })).events.at(-1)).toBe('close');
  });

  test('a daemon that cannot be used is told, exit code 3', async () => {
    const connectDaemon = () => Promise.resolve(fail('restart the daemon'));
    expect(await plexsync('status', { connectDaemon })).toMatchObject({
      code: 3,
      err: 'restart the daemon\n',
    });
  });

  test('a data directory that cannot be taken is told, exit code 1', async () => {
    const openOperations = () =>
      Promise.resolve(fail({ isHeld: false, message: 'the database is newer than this PlexSync' }));
    expect(await plexsync('status', { openOperations })).toMatchObject({
      code: 1,
      err: 'the database is newer than this PlexSync\n',
    });
  });

  test('a daemon that holds the data directory and does not listen yet, as soon as it does', async () => {
    const openOperations = () => Promise.resolve(fail({ isHeld: true, message: 'in use' }));
    let asked = 0;
    const connectDaemon = () => Promise.resolve(succeed(++asked < 10 ? null : fakeOperations()));
    expect(await plexsync('status', { connectDaemon, openOperations })).toMatchObject({ code: 0, err: '' });
  });

  test('a data directory that stays in use without a daemon that listens is told within seconds', async () => {
    const openOperations = () => Promise.resolve(fail({ isHeld: true, message: 'in use' }));
    expect(await plexsync('status', { openOperations })).toMatchObject({ code: 1, err: 'in use\n' });
  });

  test('a running daemon is found even when the settings for Plex are missing here', async () => {
    expect(await plexsync('status', { environment: {}, daemon: fakeOperations() })).toMatchObject({
      code: 0,
    });
  });

  test('a flag that would not reach the running daemon is refused before anything is done', async () => {
    const daemon = fakeOperations();
    const { code, err } = await plexsync('sync 42 --dry-run', { daemon });
    expect({ code, calls: daemon.calls }).toEqual({ code: 2, calls: [] });
    expect(err).toBe(
      'A daemon runs with settings of its own; --dry-run would not reach it.\nLeave the flag out, or stop the daemon first.\n',
    );
  });
});

describe('what programs read', () => {
  test.each([
    'status',
    'queue',
    'dead',
    'history',
    'plan 1',
    'sync 1',
    'retry 1',
    'resume',
    'adopt-server',
    'explain',
    'version',
  ])('%s --json prints one JSON document and nothing else', async (args) => {
    const { out, err } = await plexsync(`${args} --json`);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual(expect.anything());
  });

  test('a failure is one JSON document too', async () => {
    const { out, code } = await plexsync('sync --json');
    expect(JSON.parse(out)).toEqual({
      error: { reason: 'usage', message: 'Say which scenes: ids, --recent <time>, or --all.', advice: null },
    });
    expect(code).toBe(2);
  });
});

describe('a command line that is wrong', () => {
  test.each([
    ['--json sync abc', /^command-argument value 'abc' is invalid .*whole number from 1 on/],
    ['sync abc --json', /^command-argument value 'abc' is invalid/],
    ['--json bogus', /^unknown command 'bogus'/],
    ['status --nonsense --json', /^unknown option '--nonsense'/],
    ['queue --limit --json', /^option '--limit <.+>' (argument missing|argument '--json' is invalid)/],
    ['--json', /^Say which command; --help lists them\.$/],
    ['clear --json', /^Say which command; --help lists them\.$/],
  ])('“%s” is told to programs in the one JSON document of all failures', async (args, message) => {
    const { out, code } = await plexsync(args);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: { reason: 'usage', message: expect.stringMatching(message), advice: null },
    });
  });

  test('is told to people in words alone', async () => {
    expect(await plexsync('bogus')).toMatchObject({
      code: 2,
      out: '',
      err: "error: unknown command 'bogus'\n",
    });
  });

  test('help is what was asked for, also of a program', async () => {
    const { out, code } = await plexsync('--json --help');
    expect(code).toBe(0);
    expect(out).toContain('Usage: plexsync');
  });
});

test('what is told breaks between words on a narrow terminal', async () => {
  const { err } = await plexsync('sync abc', { width: 40 });
  expect(err.split('\n')).toEqual([
    "error: command-argument value 'abc' is",
    "invalid for argument 'ids'. A scene id",
    'is a whole number from 1 on, as in the',
    'address of the scene in Stash.',
    '',
  ]);
});

test('a disk that fails is told in its own words: it is no bug', async () => {
  const message = 'PlexSync cannot write to /data/plexsync.db (read-only). Make it writable.';
  const own = fakeOperations({
    status: () => Promise.reject(new StoreError({ kind: 'not-writable', message }, null)),
  });
  expect(await plexsync('status', { own })).toMatchObject({ code: 1, err: `${message}\n` });
});

describe('an unexpected error', () => {
  const own = fakeOperations({
    status: () => Promise.reject(new TypeError(`cannot read ${TOKEN} of\nundefined`)),
  });

  test('is one line, without stack and secret, exit code 1', async () => {
    const { code, err } = await plexsync('status', { own });
    expect(code).toBe(1);
    expect(err).toBe(
      'Unexpected error: cannot read [redacted] of\\nundefined\nRun it again with --debug to see where.\n',
    );
  });

  test('shows where with --debug, still without the secret', async () => {
    const { err } = await plexsync('status --debug', { own });
    expect(err).toMatch(/\n\s+at .*run\.test\.ts/);
    expect(err).not.toContain(TOKEN);
  });
});

test('what the daemon could not do is told in its words', async () => {
  const daemon = fakeOperations({
    resume: () => Promise.reject(new ControlError('unexpected error: disk full')),
  });
  expect(await plexsync('resume', { daemon })).toMatchObject({
    code: 1,
    err: 'unexpected error: disk full\n',
  });
});

test('serve runs the daemon with the settings and the logger', async () => {
  const { code, events, request } = await plexsync('serve');
  expect({ code, events, version: request?.version }).toEqual({
    code: 0,
    events: ['serve'],
    version: '1.2.3',
  });
});

test('a daemon that cannot start ends with its sentence and exit code 1', async () => {
  const runService = () => Promise.resolve(fail('Another PlexSync has the data directory.'));
  expect(await plexsync('serve', { runService })).toMatchObject({
    code: 1,
    err: 'Another PlexSync has the data directory.\n',
  });
});
