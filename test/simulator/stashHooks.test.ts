import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askStash } from '../../simulator/stash/askStash.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';

const RECORDED = path.join(import.meta.dirname, '../../src/stash/fixtures/stdin');

let folder: string;
let stash: StashSimulator;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stash-hooks-'));
});
afterEach(async () => {
  await stash.close();
  rmSync(folder, { recursive: true });
});

/** A plugin that is this shell script; its stdin comes as the document that Stash sends. */
const start = async (...scripts: readonly string[]) => {
  const plugins = scripts.map((script, index) => {
    writeFileSync(path.join(folder, `${index}.sh`), script);
    return { id: `plugin${index}`, exec: ['sh', `{pluginDir}/${index}.sh`] as const, pluginDir: folder };
  });
  stash = await startStashSimulator({ plugins, configDir: folder });
};
const edit = (mutation: string) => askStash(stash.url, { query: `mutation { ${mutation} }` });
const told = () => stash.log.hooks.map(({ type, id }) => `${type} ${id}`);
const KEEP = 'cat >> "$0.$$.stdin"';
const documents = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.stdin'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

describe('a hook', () => {
  test('reads what Stash has been recorded to send, but for the session, the place and what was edited', async () => {
    await start(KEEP);
    stash.library.addStudio({ name: 's' });
    stash.library.addPerformer({ name: 'p' });
    stash.library.addTag({ name: 't' });
    for (let n = 0; n < 4; n++) stash.library.addScene();
    const input =
      '{ id: 4, title: "First Scene", details: "hello", date: "2021-05-06", rating100: 80, studio_id: 1, performer_ids: [1], tag_ids: [1] }';
    await edit(`sceneUpdate(input: ${input}) { id }`);

    const recorded = JSON.parse(readFileSync(path.join(RECORDED, 'scene-update.json'), 'utf8'));
    const [sent] = documents();
    expect(sent.args.hookContext.inputFields.toSorted()).toEqual(
      recorded.args.hookContext.inputFields.toSorted(),
    );
    recorded.args.hookContext.inputFields = sent.args.hookContext.inputFields;
    recorded.server_connection.Port = stash.port;
    recorded.server_connection.Dir = folder;
    recorded.server_connection.PluginDir = folder;
    recorded.server_connection.SessionCookie.Value = sent.server_connection.SessionCookie.Value;
    // The order of the keys counts: the hook keeps only the beginning of a large document.
    expect(JSON.stringify(sent)).toBe(JSON.stringify(recorded));
  });

  test('is told of the whole cover, though it may be megabytes', async () => {
    await start('wc -c >&2');
    stash.library.addScene();
    const query = 'mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }';
    await askStash(stash.url, {
      query,
      variables: { input: { id: '1', cover_image: 'A'.repeat(2_000_000) } },
    });
    expect(Number(stash.log.lines[0]?.text)).toBeGreaterThan(2_000_000);
  });

  test('may leave its input unread', async () => {
    await start('exit 0');
    stash.library.addScene();
    const query = 'mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }';
    const variables = { input: { id: '1', cover_image: 'A'.repeat(2_000_000) } };
    expect((await askStash(stash.url, { query, variables })).errors).toEqual([]);
  });

  test('that fails is a line in the log and no matter to who edits', async () => {
    await start(`printf '\\001w\\002careful\\n' >&2; echo plain >&2; exit 3`);
    stash.library.addScene();
    expect((await edit('sceneUpdate(input: { id: 1 }) { id }')).errors).toEqual([]);
    expect(stash.log.lines).toEqual([
      { level: 'warning', text: 'careful' },
      { level: 'error', text: 'plain' },
      { level: 'error', text: 'Scene.Update.Post [plugin0]: returned error: exit status 3' },
    ]);
  });

  test('of a plugin that cannot be started silences the plugins after it', async () => {
    stash = await startStashSimulator({
      configDir: folder,
      plugins: [
        { id: 'broken', exec: ['/no/such/program'], pluginDir: folder },
        { id: 'ours', exec: ['true'], pluginDir: folder },
      ],
    });
    stash.library.addScene();
    await edit('sceneUpdate(input: { id: 1 }) { id }');
    expect(told()).toEqual([]);
    expect(stash.log.lines).toMatchObject([{ level: 'error', text: expect.stringContaining('no such') }]);
  });
});

describe('which hooks run:', () => {
  beforeEach(async () => {
    await start('exit 0');
    for (const name of ['a', 'b', 'c']) stash.library.addScene({ files: [{ path: `/data/${name}.mp4` }] });
    for (const name of ['one', 'two']) stash.library.addTag({ name });
  });

  test.each([
    ['sceneUpdate(input: { id: 1 }) { id }', ['Scene.Update.Post 1']],
    ['scenesUpdate(input: [{ id: 2 }, { id: 1 }]) { id }', ['Scene.Update.Post 2', 'Scene.Update.Post 1']],
    [
      'bulkSceneUpdate(input: { ids: [1, 3], organized: true }) { id }',
      ['Scene.Update.Post 1', 'Scene.Update.Post 3'],
    ],
    ['sceneCreate(input: { title: "new" }) { id }', ['Scene.Create.Post 4']],
    ['sceneDestroy(input: { id: 1 })', ['Scene.Destroy.Post 1']],
    ['scenesDestroy(input: { ids: [1, 2] })', ['Scene.Destroy.Post 1', 'Scene.Destroy.Post 2']],
    ['sceneMerge(input: { source: [1], destination: 2 }) { id }', []],
    ['moveFiles(input: { ids: [1], destination_folder: "/data/x" })', []],
    ['tagUpdate(input: { id: 1, name: "x" }) { id }', ['Tag.Update.Post 1']],
    ['tagsMerge(input: { source: [2], destination: 1 }) { id }', ['Tag.Merge.Post 1']],
    ['tagsDestroy(ids: [1, 2])', ['Tag.Destroy.Post 1', 'Tag.Destroy.Post 2']],
    ['groupCreate(input: { name: "g" }) { id }', ['Group.Create.Post 1']],
    ['sceneUpdate(input: { id: 9 }) { id }', []],
  ])('%s', async (mutation, hooks) => {
    await edit(mutation);
    expect(told()).toEqual(hooks);
  });

  test('a scan tells of new, copied and renamed files, not of a renamed folder', async () => {
    const scene = await stash.scan.newFile({ path: '/data/new.mp4' });
    await stash.scan.copyOf(scene, '/data/copy.mp4');
    await stash.scan.renamedFile(scene, '/data/other.mp4');
    stash.scan.renamedFolder('/data', '/data2');
    expect(told()).toEqual(['Scene.Create.Post 4', 'Scene.Update.Post 4', 'Scene.Update.Post 4']);
  });
});

describe('the shape of the input:', () => {
  beforeEach(async () => {
    await start(KEEP);
    for (const name of ['a', 'b'])
      stash.library.addScene({ files: [{ path: `/data/${name}.mp4`, oshash: name }] });
  });
  const inputs = () => documents().map((document) => document.args.hookContext);

  test('several scenes come whole with each', async () => {
    await edit('scenesUpdate(input: [{ id: 1, title: "x" }, { id: 2 }]) { id }');
    for (const { input } of inputs())
      expect(input).toMatchObject([
        { id: '1', title: 'x', studio_id: null },
        { id: '2', title: null },
      ]);
    const fields = inputs().map(({ inputFields }) => inputFields);
    expect(fields).toEqual(expect.arrayContaining([['id'], ['title', 'id']]));
  });

  test('a bulk edit leaves out what is unset, and what was set to null', async () => {
    await edit('bulkSceneUpdate(input: { ids: [1], organized: true, studio_id: null }) { id }');
    expect(inputs()).toMatchObject([
      { id: 1, input: { ids: ['1'], organized: true }, inputFields: ['studio_id', 'organized', 'ids'] },
    ]);
    expect(inputs()[0].input).not.toHaveProperty('studio_id');
  });

  test('a destroyed scene says which file it had', async () => {
    await edit('sceneDestroy(input: { id: 2 })');
    const input = {
      id: '2',
      delete_file: null,
      delete_generated: null,
      checksum: '',
      oshash: 'b',
      path: '/data/b.mp4',
    };
    expect(inputs()).toEqual([{ id: 2, type: 'Scene.Destroy.Post', input }]);
  });

  test('a created scene says nothing', async () => {
    await edit('sceneCreate(input: { title: "x" }) { id }');
    expect(inputs()).toEqual([{ id: 3, type: 'Scene.Create.Post', input: null }]);
  });

  test('a destroyed performer is named alone or among all', async () => {
    stash.library.addPerformer({ name: 'p' });
    stash.library.addPerformer({ name: 'q' });
    await edit('performerDestroy(input: { id: 1 })');
    await edit('performersDestroy(ids: [2])');
    expect(inputs().map(({ input }) => input)).toEqual(expect.arrayContaining([{ id: '1' }, ['2']]));
  });
});

describe('the one who edits', () => {
  test('waits for the hooks, one after the other', async () => {
    await start('[ -e running ] && echo overlap >&2; : >running; sleep 0.05; rm running');
    for (let n = 0; n < 3; n++) stash.library.addScene();
    const startedAt = performance.now();
    await edit('bulkSceneUpdate(input: { ids: [1, 2, 3] }) { id }');
    expect(performance.now() - startedAt).toBeGreaterThan(150);
    expect(stash.log.hooks).toHaveLength(3);
    expect(stash.log.lines).toEqual([]);
  });

  test('waits also for a process that the hook left behind with its stdout, but not with stderr alone', async () => {
    await start('sleep 0.3 &');
    stash.library.addScene();
    const startedAt = performance.now();
    await edit('sceneUpdate(input: { id: 1 }) { id }');
    const held = performance.now() - startedAt;
    writeFileSync(path.join(folder, '0.sh'), 'sleep 30 >/dev/null & echo $! >left');
    await edit('sceneUpdate(input: { id: 1 }) { id }');
    process.kill(Number(readFileSync(path.join(folder, 'left'), 'utf8')));
    expect(held).toBeGreaterThan(300);
    expect(stash.log.hooks).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
  });

  /** Asks for a bulk edit of three scenes and leaves once the hook has written this file. */
  const leaveOnce = async (written: string) => {
    for (let n = 0; n < 3; n++) stash.library.addScene();
    const leave = new AbortController();
    const request = fetch(`${stash.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"mutation { bulkSceneUpdate(input: { ids: [1, 2, 3], organized: true }) { id } }"}',
      signal: leave.signal,
    });
    await vi.waitFor(() => expect(existsSync(path.join(folder, written))).toBe(true));
    leave.abort();
    await expect(request).rejects.toThrow('aborted');
  };

  test('loses hooks by leaving: the one that runs is killed, the rest never start, the edit is made', async () => {
    await start(': >started; exec sleep 30');
    await leaveOnce('started');
    await vi.waitFor(() => expect(stash.log.hooks).toMatchObject([{ id: 1, wasKilled: true }]));
    expect(stash.library.scenes.all().every((scene) => scene.organized)).toBe(true);
    expect(stash.log.requests).toMatchObject([{ status: null }]);
  });

  test('by leaving frees the edit from a process that was left behind, which lives on', async () => {
    await start('sleep 30 & echo $! >left.new; mv left.new left');
    await leaveOnce('left');
    await vi.waitFor(() => expect(stash.log.hooks).toHaveLength(1));
    process.kill(Number(readFileSync(path.join(folder, 'left'), 'utf8')));
  });
});

test('a hook that edits with its cookie is cut off at the tenth time', async () => {
  // A hook in Node: it edits the scene it is told of.
  const script = `
    const { server_connection: { Port, SessionCookie } } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    const body = JSON.stringify({ query: 'mutation { sceneUpdate(input: { id: 1 }) { id } }' });
    const headers = { 'Content-Type': 'application/json', Cookie: SessionCookie.Name + '=' + SessionCookie.Value };
    const request = require('node:http').request({ port: Port, path: '/graphql', method: 'POST', headers });
    request.end(body);
    request.on('response', (response) => response.resume());`;
  writeFileSync(path.join(folder, 'loop.cjs'), script);
  const exec = [process.execPath, '{pluginDir}/loop.cjs'] as const;
  stash = await startStashSimulator({
    configDir: folder,
    plugins: [{ id: 'loop', exec, pluginDir: folder }],
  });
  stash.library.addScene();
  await edit('sceneUpdate(input: { id: 1 }) { id }');
  expect(told()).toHaveLength(10);
});

test('hook.sh keeps the events of a bulk edit', async () => {
  copyFileSync(path.join(import.meta.dirname, '../../src/plugin/hook.sh'), path.join(folder, 'hook.sh'));
  const exec = ['sh', '{pluginDir}/hook.sh', 'hook'] as const;
  stash = await startStashSimulator({
    configDir: folder,
    plugins: [{ id: 'plexsync', exec, pluginDir: folder }],
  });
  const inbox = path.join(folder, 'plexsync/inbox');
  mkdirSync(inbox, { recursive: true });
  writeFileSync(path.join(inbox, 'alive'), '');
  utimesSync(path.join(inbox, 'alive'), new Date('2100-01-01'), new Date('2100-01-01'));
  for (let n = 0; n < 20; n++) stash.library.addScene();
  const ids = stash.library.scenes.all().map(({ id }) => id);
  await edit(`bulkSceneUpdate(input: { ids: [${ids.join()}] }) { id }`);
  const events = readdirSync(inbox).filter((name) => name.startsWith('v1-'));
  expect(events).toHaveLength(20);
  expect(stash.log.lines).toEqual([]);
  expect(stash.log.hooks.every(({ exitCode, stdout }) => exitCode === 0 && stdout === '')).toBe(true);
});
