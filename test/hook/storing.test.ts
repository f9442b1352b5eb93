import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  availableShells,
  PluginFolder,
  RECORDED_DOCUMENTS,
  recordedDocument,
  SILENT,
  WARNING,
} from './hookRun.ts';

const EVENT_BYTES = 64 * 1024;

describe.each(availableShells())('hook.sh under $name keeps what Stash tells of', (shell) => {
  let folder: PluginFolder;
  beforeEach(() => {
    folder = new PluginFolder(shell);
    folder.prepareInbox();
  });
  afterEach(() => folder.remove());

  test.each(RECORDED_DOCUMENTS)(
    'the recorded document %s is kept byte by byte and in silence',
    async (name) => {
      const env = { PLEXSYNC_INBOX_DIR: folder.inbox };
      expect(await folder.run(recordedDocument(name), { env })).toEqual(SILENT);
      expect(folder.events()).toEqual([recordedDocument(name)]);
    },
  );

  test('the same goes for the first, which has to name the inbox', async () => {
    expect(await folder.run(folder.recorded('scene-update'))).toEqual(SILENT);
    expect(folder.events()).toEqual([folder.recorded('scene-update')]);
  });

  test('the same goes once the inbox is remembered', async () => {
    await folder.run(folder.recorded('scene-update'));
    expect(await folder.run(folder.recorded('tag-merge'))).toEqual(SILENT);
    expect(folder.events()).toHaveLength(2);
    expect(folder.events()).toContain(folder.recorded('tag-merge'));
  });

  test('letters outside ASCII and control bytes come through', async () => {
    const text = folder.recorded('scene-update').replace('First Scene', 'Žluťoučký 🎬 \u0081\u0088 ﷽\u007f');
    await folder.run(text);
    await folder.run(text);
    expect(folder.events()).toEqual([text, text]);
  });

  test('only its owner can read an event: it carries a session cookie', async () => {
    await folder.run(folder.recorded('scene-update'));
    const [name] = folder.eventNames();
    expect(statSync(path.join(folder.inbox, name ?? '')).mode & 0o077).toBe(0);
  });

  test('its group can, too, where a daemon elsewhere empties the inbox', async () => {
    writeFileSync(path.join(folder.inbox, 'external'), '');
    await folder.run(folder.recorded('scene-update'));
    const [name] = folder.eventNames();
    expect(statSync(path.join(folder.inbox, name ?? '')).mode & 0o777).toBe(0o640);
  });

  test('the file of another hook that got the same name is left alone', async () => {
    const taken = path.join(folder.inbox, '.new-taken');
    writeFileSync(taken, 'half');
    const programs = folder.fakeProgram('mktemp', `echo '${taken}'`);
    const env = { PLEXSYNC_INBOX_DIR: folder.inbox };
    expect(await folder.run(folder.recorded('scene-update'), { env, path: programs })).toEqual(SILENT);
    expect(readFileSync(taken, 'utf8')).toBe('half');
    expect(readdirSync(folder.inbox).sort()).toEqual(['.new-taken', 'alive', 'overflow']);
  });

  test('of 2 MB, as a new cover makes them, the first 64 KiB are kept', async () => {
    const document = folder
      .recorded('scene-update')
      .replace('"cover_image":null', `"cover_image":"${'A'.repeat(2_000_000)}"`);
    for (const _ of ['first', 'remembered']) expect(await folder.run(document)).toEqual(SILENT);
    expect(folder.events()).toEqual(Array(2).fill(document.slice(0, EVENT_BYTES)));
  });

  test.each([
    ['nothing', ''],
    ['garbage', 'no JSON at all {{{\0\u0001'],
    ['a document cut off', '{"server_connection":{"Scheme":"ht'],
  ])('%s on stdin is kept for the daemon to judge', async (_, text) => {
    const env = { PLEXSYNC_INBOX_DIR: folder.inbox };
    expect(await folder.run(text, { env })).toEqual(SILENT);
    expect(folder.events()).toEqual([text]);
  });

  test('200 hooks at once lose nothing', async () => {
    const documents = Array.from({ length: 200 }, (_, n) =>
      folder.recorded('scene-update').replace('"id":4', `"id":${n}`),
    );
    const runs = await Promise.all(documents.map((document) => folder.run(document)));
    expect(runs).toEqual(Array(200).fill(SILENT));
    expect([...folder.events()].sort()).toEqual([...documents].sort());
  });

  test('an inbox that cannot be written costs one warning', async () => {
    const run = await folder.run(folder.recorded('scene-update'), { env: { PLEXSYNC_INBOX_DIR: '/proc' } });
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(WARNING) });
  });

  test('an inbox that is named but missing costs one warning, and is not made', async () => {
    const missing = path.join(folder.root, 'not-mounted');
    const run = await folder.run(folder.recorded('scene-update'), { env: { PLEXSYNC_INBOX_DIR: missing } });
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(WARNING) });
    expect(readdirSync(folder.root)).not.toContain('not-mounted');
  });

  test('a disk that fills up while an event is written leaves the wish to compare everything', async () => {
    const programs = folder.fakeProgram('head', 'printf half; exit 1');
    const env = { PLEXSYNC_INBOX_DIR: folder.inbox };
    expect(await folder.run(folder.recorded('scene-update'), { env, path: programs })).toEqual(SILENT);
    expect(readdirSync(folder.inbox).sort()).toEqual(['alive', 'overflow']);
  });

  test.each([
    ['hook', 'mktemp', ''],
    ['hook', 'head', 'printf half; '],
    ['hook', 'mv', ''],
    ['operation', 'head', 'printf half; '],
    ['operation', 'mv', ''],
  ] as const)('killed as %s while it runs %s, it leaves no half document', async (as, program, before) => {
    const programs = folder.fakeProgram(program, `${before}kill -9 $PPID`);
    const env = { PLEXSYNC_INBOX_DIR: folder.inbox };
    const run = await folder.run(folder.recorded('scene-update'), { as, env, path: programs });
    expect(run).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '', stderr: '' });
    expect(readdirSync(folder.inbox).filter((name) => !name.startsWith('.new-'))).toEqual(['alive']);
  });

  test('beyond about 10,000 events a marker stands for all further ones', async () => {
    for (let n = 0; n < 10_000; n++) writeFileSync(path.join(folder.inbox, `v1-${n}-waits`), '');
    let stored = 0;
    while (!readdirSync(folder.inbox).includes('overflow')) {
      expect(await folder.run(folder.recorded('scene-update'))).toEqual(SILENT);
      stored++;
      expect(stored).toBeLessThan(1_000);
    }
    const waiting = folder.eventNames().length;
    expect(waiting).toBe(10_000 + stored);

    expect(await folder.run(folder.recorded('scene-update'))).toEqual(SILENT);
    expect(folder.eventNames()).toHaveLength(waiting);
  });

  test('below that no marker is left', async () => {
    for (let n = 0; n < 100; n++) await folder.run(folder.recorded('scene-update'));
    expect(readdirSync(folder.inbox)).not.toContain('overflow');
  });

  test('once the daemon has removed the marker, events are kept again', async () => {
    writeFileSync(path.join(folder.inbox, 'overflow'), '');
    await folder.run(folder.recorded('scene-update'));
    expect(folder.events()).toEqual([]);
    rmSync(path.join(folder.inbox, 'overflow'));
    await folder.run(folder.recorded('scene-update'));
    expect(folder.events()).toEqual([folder.recorded('scene-update')]);
  });
});
