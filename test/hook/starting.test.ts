import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeNode } from './fakeNode.ts';
import { availableShells, PluginFolder, SILENT } from './hookRun.ts';

const START_SECONDS = 30;

describe.each(availableShells())('hook.sh under $name starts the daemon', (shell) => {
  let folder: PluginFolder;
  let node: FakeNode;
  beforeEach(() => {
    folder = new PluginFolder(shell);
    folder.prepareInbox({ alive: false });
    node = new FakeNode(folder, 'v24.0.0');
    writeFileSync(path.join(folder.plugin, 'daemon.cjs'), '');
  });
  afterEach(() => folder.remove());

  const edit = () => folder.run(folder.recorded('scene-update'), { env: { PLEXSYNC_NODE: node.path } });
  const startedAgo = (seconds: number) => {
    const guard = path.join(folder.inbox, 'starting');
    for (const name of readdirSync(guard)) {
      renameSync(path.join(guard, name), path.join(guard, `${Math.floor(Date.now() / 1000) - seconds}`));
    }
  };

  test('when there never was one', async () => {
    expect(await edit()).toEqual(SILENT);
    const [stored] = folder.eventNames();
    await vi.waitFor(() =>
      expect(node.starts()).toEqual([
        `${folder.plugin}/daemon.cjs, inbox ${folder.inbox}, event ${folder.inbox}/${stored}`,
      ]),
    );
  });

  test('with its threads sharing memory, unless told otherwise', async () => {
    const arenas = path.join(folder.root, 'arenas');
    writeFileSync(
      node.path,
      `#!/bin/sh\n[ "$1" = --version ] && echo v24.0.0 || echo "$MALLOC_ARENA_MAX" >>'${arenas}'\n`,
    );
    await edit();
    await vi.waitFor(() => expect(readFileSync(arenas, 'utf8')).toBe('1\n'));
    startedAgo(START_SECONDS + 1);
    await folder.run(folder.recorded('scene-update'), {
      env: { PLEXSYNC_NODE: node.path, MALLOC_ARENA_MAX: '3' },
    });
    await vi.waitFor(() => expect(readFileSync(arenas, 'utf8')).toBe('1\n3\n'));
  });

  test('when the last one is gone', async () => {
    folder.setAlive(-1_000);
    await edit();
    expect(node.checks()).toBe(1);
  });

  test('but not while one is alive', async () => {
    folder.setAlive(10_000);
    await edit();
    expect(node.checks()).toBe(0);
  });

  test('but not when a daemon has taken the event already', async () => {
    const programs = folder.fakeProgram('mv', 'rm "$1"');
    await folder.run(folder.recorded('scene-update'), { env: { PLEXSYNC_NODE: node.path }, path: programs });
    expect(folder.eventNames()).toEqual([]);
    expect(node.checks()).toBe(0);
  });

  test('but not where a daemon elsewhere empties the inbox', async () => {
    writeFileSync(path.join(folder.inbox, 'external'), '');
    await edit();
    expect(folder.eventNames()).toHaveLength(1);
    expect(node.checks()).toBe(0);
  });

  test('but not where the plugin has none', async () => {
    rmSync(path.join(folder.plugin, 'daemon.cjs'));
    expect(await edit()).toEqual(SILENT);
    expect(readdirSync(folder.inbox)).toEqual(folder.eventNames());
    expect(node.checks()).toBe(0);
  });

  test.each([
    [200, 200],
    [500, 20],
  ])('once for %i hooks, %i at a time, which see no sign of life from it', async (hooks, atATime) => {
    let left = hooks;
    const editInTurn = async (): Promise<void> => {
      while (left-- > 0) expect(await edit()).toEqual(SILENT);
    };
    await Promise.all(Array.from({ length: atATime }, editInTurn));
    expect(folder.eventNames()).toHaveLength(hooks);
    await vi.waitFor(() => expect(node.starts()).toHaveLength(1));
    expect(node.checks()).toBe(1);
  });

  test('at most every 30 seconds when it dies at once', async () => {
    for (let n = 0; n < 5; n++) await edit();
    expect(node.checks()).toBe(1);
    // Cut to whole seconds, 30 may be a little less.
    startedAgo(START_SECONDS - 1);
    await edit();
    expect(node.checks()).toBe(1);
    startedAgo(START_SECONDS + 1);
    for (let n = 0; n < 5; n++) await edit();
    expect(node.checks()).toBe(2);
  });

  test('once for 50 hooks at a time, 30 seconds after the last start', async () => {
    await edit();
    startedAgo(START_SECONDS + 1);
    await Promise.all(Array.from({ length: 50 }, edit));
    expect(node.checks()).toBe(2);
  });

  test('although a hook was killed before it noted the time of its start', async () => {
    mkdirSync(path.join(folder.inbox, 'starting'));
    await edit();
    expect(node.checks()).toBe(0);
    startedAgo(START_SECONDS + 1);
    await edit();
    expect(node.checks()).toBe(1);
  });

  test('although the clock was set back since the last start', async () => {
    await edit();
    startedAgo(-3_600);
    await edit();
    expect(node.checks()).toBe(2);
  });

  test('also when the inbox is full', async () => {
    writeFileSync(path.join(folder.inbox, 'overflow'), '');
    folder.setAlive(-1_000);
    await edit();
    await vi.waitFor(() =>
      expect(node.starts()).toEqual([`${folder.plugin}/daemon.cjs, inbox ${folder.inbox}, event `]),
    );
  });

  test('but not when the inbox is full and the daemon alive', async () => {
    writeFileSync(path.join(folder.inbox, 'overflow'), '');
    folder.setAlive(10_000);
    await edit();
    expect(node.checks()).toBe(0);
  });
});

describe.each(availableShells())('the daemon that hook.sh under $name starts', (shell) => {
  test('holds none of the streams of Stash, in a session of its own, and outlives the hook', async () => {
    const folder = new PluginFolder(shell);
    folder.prepareInbox({ alive: false });
    const report = path.join(folder.root, 'report');
    const stub = `
      const { readFileSync, readlinkSync, renameSync, writeFileSync } = require('node:fs');
      const streams = [0, 1, 2].map((fd) => readlinkSync('/proc/self/fd/' + fd));
      const session = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[3]);
      const facts = { pid: process.pid, session, streams };
      writeFileSync('${report}.new', JSON.stringify(facts));
      renameSync('${report}.new', '${report}');
      setTimeout(() => undefined, 60_000);`;
    writeFileSync(path.join(folder.plugin, 'daemon.cjs'), stub);
    // `run` ends when both streams of the hook are closed, as Stash waits for stdout.
    const run = await folder.run(folder.recorded('scene-update'), {
      env: { PLEXSYNC_NODE: process.execPath },
    });
    expect(run).toEqual(SILENT);
    await vi.waitFor(() => expect(readdirSync(folder.root)).toContain('report'), { timeout: 10_000 });
    const facts: { pid: number; session: number; streams: string[] } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    process.kill(facts.pid, 'SIGKILL');
    folder.remove();
    expect(facts.session).toBe(facts.pid);
    expect(facts.streams).toEqual(['/dev/null', '/dev/null', '/dev/null']);
  });
});
