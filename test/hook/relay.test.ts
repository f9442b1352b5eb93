import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeNode } from './fakeNode.ts';
import {
  type Asked,
  availableShells,
  type HookRun,
  PluginFolder,
  type RunOptions,
  recordedDocument,
  SILENT,
} from './hookRun.ts';

const KEPT_BYTES = 64 * 1024;
const ANSWER = '{"output":{"counts":{"waiting":3}}}';
/** Progress in Stash's log protocol (stash reference §2.3): tasks alone have any. */
const STARTED = '\u0001p\u00020.0\n';
const DONE = '\u0001p\u00021.0\n';
const ACCEPTED =
  '{"output":{"state":"accepted","message":"PlexSync did not answer yet; this is done as soon as it can."}}\n';

const relays: readonly Exclude<Asked, 'hook'>[] = ['task', 'operation'];
const cases = availableShells().flatMap((shell) => relays.map((as) => ({ shell, name: shell.name, as })));

describe.each(cases)('hook.sh under $name, asked for a $as', ({ shell, as }) => {
  let folder: PluginFolder;
  beforeEach(() => {
    folder = new PluginFolder(shell);
    folder.prepareInbox();
  });
  afterEach(() => folder.remove());

  const ask = (options: RunOptions = {}): Promise<HookRun> =>
    folder.run(recordedDocument(as), {
      as,
      ...options,
      env: { PLEXSYNC_INBOX_DIR: folder.inbox, ...options.env },
    });
  /** Resolves to the id of the one request that waits. */
  const stored = (): Promise<string> =>
    vi.waitFor(
      () => {
        const [id, ...others] = folder.requestIds();
        if (id === undefined || others.length > 0) throw new Error('not one request');
        return id;
      },
      { interval: 5, timeout: 5_000 },
    );
  const withDaemon = (): void => writeFileSync(path.join(folder.plugin, 'daemon.cjs'), '');
  const error = (text: RegExp): HookRun => ({
    ...SILENT,
    stdout: expect.stringMatching(new RegExp(`^\\{"error":"[^"\\\\]*${text.source}[^"\\\\]*"\\}\\n$`)),
    stderr: as === 'task' ? STARTED : '',
  });
  /** What there is when there is no answer in time. */
  const timedOut = (): HookRun =>
    as === 'task'
      ? { ...SILENT, stdout: ACCEPTED, stderr: STARTED }
      : error(/PlexSync did not answer within 10 s\. Try again/);
  /** A sleep that takes no time; `script` runs in it, with the number of the call in $n. */
  const fakeSleep = (script = ''): string =>
    folder.fakeProgram(
      'sleep',
      `echo "$1" >>'${folder.root}/sleeps'\nn=$(wc -l <'${folder.root}/sleeps')\n${script}`,
    );
  const sleeps = (): readonly string[] =>
    readFileSync(path.join(folder.root, 'sleeps'), 'utf8').split('\n').slice(0, -1);

  test('hands it on byte by byte, and the answer back as it is', async () => {
    const run = ask();
    const id = await stored();
    expect(id).toMatch(/^[A-Za-z0-9-]+$/);
    expect(folder.request(id)).toBe(recordedDocument(as));
    folder.answer(id, ANSWER);
    expect(await run).toEqual({ ...SILENT, stdout: ANSWER, stderr: as === 'task' ? STARTED + DONE : '' });
    expect(readdirSync(folder.inbox, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      'alive',
      'outbox',
    ]);
  });

  test('finds the inbox by the document', async () => {
    const run = folder.run(folder.recorded(as), { as });
    folder.answer(await stored(), ANSWER);
    expect(await run).toMatchObject({ code: 0, stdout: ANSWER });
  });

  test('keeps the first 64 KiB', async () => {
    const document = `${recordedDocument(as).slice(0, -2)},"x":"${'x'.repeat(200_000)}"}}`;
    const run = folder.run(document, { as, env: { PLEXSYNC_INBOX_DIR: folder.inbox } });
    const id = await stored();
    expect(folder.request(id)).toBe(document.slice(0, KEPT_BYTES));
    folder.answer(id, ANSWER);
    await run;
  });

  test.each([
    ['that is long', `{"output":"${'x'.repeat(1_000_000)}"}\n`],
    ['with all kinds of characters', String.raw`{"output":"100 % \\ \u0001 %s \n Žluťoučký 🎬 '$HOME'"}`],
  ])('gives back an answer %s', async (_, answer) => {
    const run = ask();
    folder.answer(await stored(), answer);
    expect((await run).stdout).toBe(answer);
  });

  test('gives each of 20 at a time its own answer', async () => {
    const asked = Array.from({ length: 20 }, () => ask());
    await vi.waitFor(() => expect(folder.requestIds()).toHaveLength(20), { interval: 5, timeout: 10_000 });
    const answers = folder.requestIds().map((id) => `{"output":"${id}"}`);
    for (const id of folder.requestIds()) folder.answer(id, `{"output":"${id}"}`);
    const got = (await Promise.all(asked)).map(({ stdout }) => stdout);
    expect(got.sort()).toEqual(answers.sort());
  });

  test('waits for a late answer', async () => {
    const programs = fakeSleep(`
      [ "$n" -eq 20 ] || exit 0
      for request in "$PLEXSYNC_INBOX_DIR"/r1-*; do
        mkdir "$PLEXSYNC_INBOX_DIR/outbox" && mv "$request" "$PLEXSYNC_INBOX_DIR/outbox/\${request##*/r1-}.json"
      done`);
    expect(await ask({ path: programs })).toMatchObject({ code: 0, stdout: recordedDocument(as) });
    expect(sleeps()).toEqual(Array(20).fill('0.1'));
  });

  test('waits no longer than it may; a task stays', async () => {
    expect(await ask({ path: fakeSleep() })).toEqual(timedOut());
    expect(sleeps()).toEqual(Array(as === 'task' ? 40 : 100).fill('0.1'));
    expect(folder.requestIds()).toHaveLength(as === 'task' ? 1 : 0);
  });

  test('waits no longer where programs are slow to start', async () => {
    // Each look at the clock finds it 2 seconds on.
    const counter = `'${folder.root}/looks'`;
    const programs = folder.fakeProgram(
      'date',
      `echo >>${counter}; echo $((1700000000 + 2 * $(wc -l <${counter})))`,
    );
    fakeSleep();
    expect(await ask({ path: programs })).toEqual(timedOut());
    expect(sleeps()).toHaveLength(as === 'task' ? 1 : 4);
  });

  test('waits as long where sleep knows no fractions', async () => {
    const programs = fakeSleep('case $1 in *.*) exit 1 ;; esac');
    expect(await ask({ path: programs })).toEqual(timedOut());
    expect(sleeps().filter((seconds) => seconds === '1')).toHaveLength(as === 'task' ? 4 : 10);
  });

  test('says the same when the daemon has taken it and does not answer', async () => {
    expect(await ask({ path: fakeSleep('rm -f "$PLEXSYNC_INBOX_DIR"/r1-*') })).toEqual(timedOut());
    expect(readdirSync(folder.inbox)).toEqual(['alive']);
  });

  test('says so when Stash may not read the answer', async () => {
    const run = ask({ path: folder.fakeProgram('cat', 'exit 1') });
    folder.answer(await stored(), ANSWER);
    expect(await run).toEqual({ ...error(/one group/), stderr: expect.anything() });
  });

  test('starts the daemon, which answers', async () => {
    folder.setAlive(-1_000);
    const daemon = `
      const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
      const { PLEXSYNC_INBOX_DIR: inbox, PLEXSYNC_STORED_EVENT: request } = process.env;
      mkdirSync(inbox + '/outbox');
      const { args } = JSON.parse(readFileSync(request, 'utf8'));
      writeFileSync(inbox + '/outbox/.new', JSON.stringify({ output: args }));
      rmSync(request);
      renameSync(inbox + '/outbox/.new', request.replace('/r1-', '/outbox/') + '.json');`;
    writeFileSync(path.join(folder.plugin, 'daemon.cjs'), daemon);
    const { args } = JSON.parse(recordedDocument(as));
    const run = await ask({ env: { PLEXSYNC_NODE: process.execPath } });
    expect(JSON.parse(run.stdout)).toEqual({ output: args });
  });

  test('starts a daemon that dies at once no more than once', async () => {
    folder.setAlive(-1_000);
    withDaemon();
    const node = new FakeNode(folder, 'v24.0.0');
    const path_ = fakeSleep();
    for (let n = 0; n < 3; n++)
      expect(await ask({ env: { PLEXSYNC_NODE: node.path }, path: path_ })).toEqual(timedOut());
    await vi.waitFor(() => expect(node.starts()).toHaveLength(1));
  });

  test('says at once that there is no Node, each time, and takes it back', async () => {
    folder.setAlive(-1_000);
    withDaemon();
    // The machine of this test may have one on PATH.
    const old = new FakeNode(folder, 'v20.20.2', 'old/node');
    const programs = `${fakeSleep()}:${path.dirname(old.path)}`;
    for (let n = 0; n < 2; n++)
      expect(await ask({ path: programs })).toEqual(error(/No Node\.js 22\.13[^"]*node-path/));
    expect(readdirSync(folder.root)).not.toContain('sleeps');
    expect(folder.requestIds()).toEqual([]);

    const node = new FakeNode(folder, 'v24.0.0');
    await ask({ env: { PLEXSYNC_NODE: node.path }, path: programs });
    await vi.waitFor(() => expect(node.starts()).toHaveLength(1));
  });

  test('needs no Node where a daemon elsewhere empties the inbox', async () => {
    folder.setAlive(-1_000);
    withDaemon();
    writeFileSync(path.join(folder.inbox, 'external'), '');
    const node = new FakeNode(folder, 'v24.0.0');
    const run = ask({ env: { PLEXSYNC_NODE: node.path } });
    folder.answer(await stored(), ANSWER);
    expect((await run).stdout).toBe(ANSWER);
    expect(node.checks()).toBe(0);
  });

  test.each([
    ['cannot be written', '/proc'],
    ['is named but missing', '/no/such "folder\\'],
  ])('says so when the inbox %s', async (_, inbox) => {
    expect(await ask({ env: { PLEXSYNC_INBOX_DIR: inbox } })).toEqual(error(/inbox/));
  });

  test('says so when the document names no inbox', async () => {
    expect(await folder.run('{}', { as })).toEqual(error(/inbox/));
  });

  test('says so when 100 others wait, and starts the daemon that they wait for', async () => {
    folder.setAlive(-1_000);
    withDaemon();
    const node = new FakeNode(folder, 'v24.0.0');
    const options = { env: { PLEXSYNC_NODE: node.path }, path: fakeSleep() };
    for (let n = 0; n < 99; n++) writeFileSync(path.join(folder.inbox, `r1-${n}`), '');
    for (let n = 0; n < 200; n++) writeFileSync(path.join(folder.inbox, `v1-${n}`), '');
    expect(await ask(options)).toEqual(timedOut());

    writeFileSync(path.join(folder.inbox, 'r1-hundredth'), '');
    const waiting = as === 'task' ? 101 : 100;
    expect(folder.requestIds()).toHaveLength(waiting);
    expect(await ask(options)).toEqual(error(/too many requests/));
    expect(folder.requestIds()).toHaveLength(waiting);
    await vi.waitFor(() => expect(node.starts()).toHaveLength(1));
  });

  test('is not in the way of an inbox full of events', async () => {
    mkdirSync(path.join(folder.inbox, 'overflow'));
    const run = ask();
    folder.answer(await stored(), ANSWER);
    expect((await run).stdout).toBe(ANSWER);
  });
});
