import { chmodSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeNode } from './fakeNode.ts';
import { availableShells, type HookRun, PluginFolder, SILENT } from './hookRun.ts';

describe.each(availableShells())('hook.sh under $name finds Node', (shell) => {
  let folder: PluginFolder;
  beforeEach(() => {
    folder = new PluginFolder(shell);
    folder.prepareInbox({ alive: false });
    writeFileSync(path.join(folder.plugin, 'daemon.cjs'), '');
  });
  afterEach(() => folder.remove());

  /** Hides a Node that the machine of this test has on PATH; one in `folder.root/path-bin` comes first. */
  const edit = (env: NodeJS.ProcessEnv = {}): Promise<HookRun> => {
    new FakeNode(folder, 'v18.0.0', 'path-bin/too-old/node');
    const bins = [path.join(folder.root, 'path-bin'), path.join(folder.root, 'path-bin/too-old')];
    return folder.run(folder.recorded('scene-update'), { env, path: bins.join(':') });
  };
  const nodePath = (text: string) => writeFileSync(path.join(folder.plugin, 'node-path'), text);
  const ageGuard = (name: string, seconds: number) => {
    const guard = path.join(folder.inbox, name);
    const [stamp = ''] = readdirSync(guard);
    renameSync(path.join(guard, stamp), path.join(guard, `${Number(stamp) - seconds}`));
  };

  test('by PLEXSYNC_NODE before all else', async () => {
    const named = new FakeNode(folder, 'v24.21.0', 'named');
    const onPath = new FakeNode(folder, 'v24.21.0', 'path-bin/node');
    await edit({ PLEXSYNC_NODE: named.path });
    await vi.waitFor(() => expect(named.starts()).toHaveLength(1));
    expect(onPath.checks()).toBe(0);
  });

  test.each(['\n', ''])('by the node-path file beside it, ending in %j', async (end) => {
    const written = new FakeNode(folder, 'v24.21.0', 'written');
    const onPath = new FakeNode(folder, 'v24.21.0', 'path-bin/node');
    nodePath(`${written.path}${end}`);
    await edit();
    await vi.waitFor(() => expect(written.starts()).toHaveLength(1));
    expect(onPath.checks()).toBe(0);
  });

  test('on PATH', async () => {
    const onPath = new FakeNode(folder, 'v24.21.0', 'path-bin/node');
    await edit();
    await vi.waitFor(() => expect(onPath.starts()).toHaveLength(1));
  });

  test.each(['.nvm/versions/node/v24.21.0/bin/node', '.volta/bin/node'])('in ~/%s', async (place) => {
    const atHome = new FakeNode(folder, 'v24.21.0', place);
    await edit();
    await vi.waitFor(() => expect(atHome.starts()).toHaveLength(1));
  });

  test.each(['v22.13.0', 'v22.21.1', 'v23.0.0', 'v24.0.0-nightly', 'v100.1.2'])(
    'of version %s',
    async (version) => {
      const node = new FakeNode(folder, version, 'named');
      expect(await edit({ PLEXSYNC_NODE: node.path })).toEqual(SILENT);
      await vi.waitFor(() => expect(node.starts()).toHaveLength(1));
    },
  );

  test.each(['v22.12.9', 'v20.20.2', 'v4.0.0', 'v22', '', 'command not found', 'v22.x'])(
    'elsewhere when the one that is named answers %j',
    async (version) => {
      const named = new FakeNode(folder, version, 'named');
      const onPath = new FakeNode(folder, 'v24.21.0', 'path-bin/node');
      expect(await edit({ PLEXSYNC_NODE: named.path })).toEqual(SILENT);
      await vi.waitFor(() => expect(onPath.starts()).toHaveLength(1));
      expect(named.checks()).toBe(1);
      expect(named.starts()).toEqual([]);
    },
  );

  test('elsewhere when the one that is named is no program', async () => {
    const named = new FakeNode(folder, 'v24.21.0', 'named');
    chmodSync(named.path, 0o644);
    nodePath(`${folder.root}\n`);
    const onPath = new FakeNode(folder, 'v24.21.0', 'path-bin/node');
    expect(await edit({ PLEXSYNC_NODE: named.path })).toEqual(SILENT);
    await vi.waitFor(() => expect(onPath.starts()).toHaveLength(1));
  });

  test('nowhere: the event is kept and one warning an hour says what to do', async () => {
    const warned = {
      ...SILENT,
      stderr: expect.stringMatching(/^\u0001w\u0002[^\n]*Node\.js 22\.13[^\n]*node-path[^\n]*\n$/),
    };
    expect(await edit()).toEqual(warned);
    expect(folder.eventNames()).toHaveLength(1);

    ageGuard('starting', 31);
    expect(await edit()).toEqual(SILENT);
    ageGuard('starting', 31);
    ageGuard('no-node', 3_601);
    expect(await edit()).toEqual(warned);
    expect(folder.eventNames()).toHaveLength(3);
  });
});
