import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askStash } from './askStash.ts';
import { type StashSimulator, startStashSimulator } from './simulator.ts';

const STASH2PLEX = { id: 'Stash2Plex', name: 'Stash to Plex', pluginDir: '/plugins/Stash2Plex' };

let folder: string;
let stash: StashSimulator;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'stash-plugins-'));
  stash = await startStashSimulator({ configDir: folder, plugins: [STASH2PLEX] });
});
afterEach(async () => {
  await stash.close();
  rmSync(folder, { recursive: true });
});

const ask = async (query: string, variables: object = {}) =>
  (await askStash(stash.url, { query, variables: { ...variables } })).data;
const configure = (input: unknown, plugin = 'plexsync') =>
  ask(`mutation($input: Map!) { configurePlugin(plugin_id: "${plugin}", input: $input) }`, { input });
const settings = async (include?: readonly string[]) => {
  const data = await ask('query($include: [ID!]) { configuration { plugins(include: $include) } }', {
    include,
  });
  return data?.['configuration'];
};

describe('the settings of plugins', () => {
  test('are not there before somebody saves them', async () => {
    expect(await settings()).toEqual({ plugins: {} });
    expect(await settings(['plexsync'])).toEqual({ plugins: {} });
    expect(stash.plugins.settings.read('plexsync')).toEqual({});
  });

  test('are kept as they were given, null and empty text among them', async () => {
    const given = { plex_url: '', port: 0, isOn: false, nothing: null, list: [1, 'a'], deep: { a: 1.5 } };
    expect(await configure(given)).toEqual({ configurePlugin: given });
    expect(await settings(['plexsync'])).toEqual({ plugins: { plexsync: given } });
    expect(stash.plugins.settings.read('plexsync')).toEqual(given);
  });

  test('are replaced as a whole', async () => {
    await configure({ a: 1, b: 2 });
    expect(await configure({ a: 3 })).toEqual({ configurePlugin: { a: 3 } });
    expect(await settings()).toEqual({ plugins: { plexsync: { a: 3 } } });
  });

  test('that are empty are left out when asked for by name', async () => {
    await configure({});
    await configure({ a: 1 }, 'other');
    expect(await settings()).toEqual({ plugins: { plexsync: {}, other: { a: 1 } } });
    expect(await settings(['plexsync', 'other', 'third'])).toEqual({ plugins: { other: { a: 1 } } });
  });

  test('may be written in the document itself, and must be a map', async () => {
    await ask('mutation { configurePlugin(plugin_id: "plexsync", input: { a: 1, b: { c: "d" } }) }');
    expect(stash.plugins.settings.read('plexsync')).toEqual({ a: 1, b: { c: 'd' } });
    expect(await configure('text')).toBe(null);
  });

  test('can be set beforehand, and outlive a restart', async () => {
    stash.plugins.settings.write('plexsync', { a: 1 });
    await stash.goDown();
    await stash.comeBack();
    expect(await settings()).toEqual({ plugins: { plexsync: { a: 1 } } });
    stash.plugins.settings.erase('plexsync');
    expect(await settings()).toEqual({ plugins: {} });
  });
});

describe('plugins', () => {
  const list = async () =>
    (
      (await ask('{ plugins { id name version enabled tasks { name } hooks { hooks } requires } }'))?.[
        'plugins'
      ] as readonly { readonly id: string }[] | null
    )?.map(({ id, ...rest }) => [id, rest]);
  const ids = async () => (await list())?.map(([id]) => id);
  const bare = { version: null, tasks: null, hooks: null, requires: null };

  test('are listed, though they may do nothing', async () => {
    expect(await list()).toEqual([['Stash2Plex', { ...bare, name: 'Stash to Plex', enabled: true }]]);
  });

  test('are null when there are none', async () => {
    stash.plugins.remove('Stash2Plex');
    expect(await list()).toBe(undefined);
  });

  test('are disabled and enabled by name; others stay as they are', async () => {
    stash.plugins.add({ id: 'plexsync', pluginDir: folder });
    const set = (map: string) => ask(`mutation { setPluginsEnabled(enabledMap: ${map}) }`);
    expect(await set('{ plexsync: false }')).toEqual({ setPluginsEnabled: true });
    expect((await list())?.map(([, plugin]) => plugin)).toMatchObject([
      { enabled: true },
      { enabled: false },
    ]);
    await set('{ plexsync: true, Stash2Plex: false }');
    expect((await list())?.map(([, plugin]) => plugin)).toMatchObject([
      { enabled: false },
      { enabled: true },
    ]);
  });

  test('are found by their manifests below the folder of plugins, once Stash is told to look', async () => {
    const install = (file: string, manifest: string) => {
      mkdirSync(path.join(folder, 'plugins', path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, 'plugins', file), manifest);
    };
    install('community/plexsync/plexsync.yml', 'name: PlexSync\nversion: 1.2.3\ntasks: [{ name: Status }]');
    install('community/plexsync/index.yaml', 'anything');
    install('community/broken/broken.yml', 'name: x\nnonsense: y');
    install('later/PlexSync.yml', 'name: Again');
    expect(await ids()).toEqual(['Stash2Plex']);
    await ask('mutation { reloadPlugins }');
    expect((await list())?.slice(1)).toEqual([
      [
        'plexsync',
        { ...bare, name: 'PlexSync', version: '1.2.3', enabled: true, tasks: [{ name: 'Status' }] },
      ],
    ]);
    expect(stash.log.lines.map(({ text }) => text.replaceAll(folder, ''))).toEqual([
      'Error loading plugin /plugins/community/broken/broken.yml: yaml: unmarshal errors:\n  line 2: field nonsense not found',
      'Error loading plugin /plugins/later/PlexSync.yml: plugin ID PlexSync already exists',
    ]);

    rmSync(path.join(folder, 'plugins'), { recursive: true });
    await ask('mutation { reloadPlugins }');
    expect(await ids()).toEqual(['Stash2Plex']);
  });

  test('in a folder of their own are there from the start', async () => {
    const own = path.join(folder, 'built');
    mkdirSync(own);
    writeFileSync(path.join(own, 'plexsync.yml'), 'name: PlexSync');
    await stash.close();
    stash = await startStashSimulator({ configDir: folder, pluginFolders: [own] });
    expect(stash.plugins.all()).toMatchObject([{ id: 'plexsync', pluginDir: own }]);
  });
});
