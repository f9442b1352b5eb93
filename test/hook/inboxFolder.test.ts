import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { availableShells, PluginFolder, SILENT, WARNING } from './hookRun.ts';

const warned = { ...SILENT, stderr: expect.stringMatching(WARNING) };

describe.each(availableShells())('hook.sh under $name finds its inbox', (shell) => {
  let folder: PluginFolder;
  beforeEach(() => {
    folder = new PluginFolder(shell);
  });
  afterEach(() => folder.remove());
  const remembered = () => readFileSync(path.join(folder.plugin, 'inbox-path'), 'utf8');

  test('below the folder that Stash names, which it makes and remembers', async () => {
    expect(await folder.run(folder.recorded('scene-update'))).toEqual(SILENT);
    expect(folder.events()).toEqual([folder.recorded('scene-update')]);
    expect(remembered()).toBe(`${folder.inbox}\n${folder.plugin}\n`);
    expect(statSync(folder.inbox).mode & 0o077).toBe(0);
  });

  test('remembered, even when the document does not name it', async () => {
    await folder.run(folder.recorded('scene-update'));
    await folder.run('garbage');
    expect(folder.events()).toContain('garbage');
  });

  test.each([
    ['the folder is gone', '/nowhere/inbox\n'],
    ['it was cut while it was written', '/'],
    ['it came with a copy of the folder', '/tmp\n/elsewhere/plugins/plexsync\n'],
    ['it does not say of which folder', '/tmp\n'],
    ['it is empty', ''],
  ])('anew when what it remembers is useless: %s', async (_, text) => {
    writeFileSync(path.join(folder.plugin, 'inbox-path'), text);
    expect(await folder.run(folder.recorded('scene-update'))).toEqual(SILENT);
    expect(folder.events()).toHaveLength(1);
    expect(remembered()).toBe(`${folder.inbox}\n${folder.plugin}\n`);
  });

  test('where the environment says, before all else', async () => {
    await folder.run(folder.recorded('scene-update'));
    const elsewhere = path.join(folder.root, 'elsewhere');
    mkdirSync(elsewhere);
    const env = { PLEXSYNC_INBOX_DIR: elsewhere };
    expect(await folder.run(folder.recorded('tag-merge'), { env })).toEqual(SILENT);
    expect(folder.events()).toEqual([folder.recorded('scene-update')]);
    expect(readdirSync(elsewhere)).toEqual([expect.stringMatching(/^v1-/)]);
  });

  test.each([
    'A & B',
    'less < more >',
    'back\\slash',
    'a "quoted" one',
    "it's $HOME `id` *",
    'Ünïcode – Žluť',
  ])('when the folder is called %s', async (name) => {
    const stash = path.join(folder.root, name);
    mkdirSync(stash);
    expect(await folder.run(folder.recorded('scene-update', stash))).toEqual(SILENT);
    expect(remembered()).toBe(`${stash}/plexsync/inbox\n${folder.plugin}\n`);
    expect(readdirSync(path.join(stash, 'plexsync', 'inbox'))).toEqual([expect.stringMatching(/^v1-/)]);
  });

  test.each([
    ['names no folder', '{"args":{}}'],
    ['is empty', ''],
    ['is cut inside the folder', '{"server_connection":{"Dir":"/tm'],
    ['names a relative folder', '{"server_connection":{"Dir":"tmp"}}'],
    ['names a folder that is missing', '{"server_connection":{"Dir":"/no/such/folder"}}'],
    ['names a folder with an escape that no path should need', '{"server_connection":{"Dir":"/\\u0000tmp"}}'],
    ['is 64 KiB of quotes', '"'.repeat(65_536)],
  ])('not when the document %s: one warning an hour, and no folder', async (_, document) => {
    expect(await folder.run(document)).toEqual(warned);
    expect(await folder.run(document)).toEqual(SILENT);
    expect(readdirSync(folder.plugin)).toEqual(['hook.sh', 'no-inbox']);
    expect(readdirSync(folder.stash)).toEqual([]);
  });

  test('not when PLEXSYNC_INBOX_DIR names one that is not there: one warning an hour', async () => {
    const env = { PLEXSYNC_INBOX_DIR: path.join(folder.root, 'not', 'there') };
    const edit = folder.recorded('scene-update');
    expect(await folder.run(edit, { env })).toEqual(warned);
    for (let more = 0; more < 3; more++) expect(await folder.run(edit, { env })).toEqual(SILENT);
  });
});
