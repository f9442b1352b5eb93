import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { availableShells, PluginFolder, SILENT } from './hookRun.ts';

describe.each(availableShells())(
  "hook.sh under $name says in Stash's log what the daemon left for it",
  (shell) => {
    let folder: PluginFolder;
    beforeEach(() => {
      folder = new PluginFolder(shell);
      folder.prepareInbox();
    });
    afterEach(() => folder.remove());

    const leave = (text: string | Uint8Array): void => {
      writeFileSync(path.join(folder.inbox, '.notice'), text);
      renameSync(path.join(folder.inbox, '.notice'), path.join(folder.inbox, 'notice'));
    };
    const edit = () => folder.run(folder.recorded('scene-update'));

    test.each([
      ['each level', 'iis\nwwas\neerror\n', '\u0001i\u0002is\n\u0001w\u0002was\n\u0001e\u0002error\n'],
      [
        'other letters as info',
        'ttrace\np0.5\n\u0001x\n',
        '\u0001i\u0002trace\n\u0001i\u00020.5\n\u0001i\u0002x\n',
      ],
      ['the last line without its end', 'w100 % of \\n "it" $HOME', '\u0001w\u0002100 % of \\n "it" $HOME\n'],
      ['nothing of lines without text', '\ni\n\nisome\n', '\u0001i\u0002some\n'],
      ['all kinds of letters', 'wŽluťoučký  Á\u0081 🎬 \n', '\u0001w\u0002Žluťoučký  Á\u0081 🎬 \n'],
      ['nothing of an empty notice', '', ''],
      [
        '2,000 characters of a line',
        `e${'x'.repeat(70_000)}\nwy`,
        `\u0001e\u0002${'x'.repeat(2_000)}\n\u0001w\u0002y\n`,
      ],
    ])('%s', async (_, notice, stderr) => {
      leave(notice);
      expect(await edit()).toEqual({ ...SILENT, stderr });
      expect(await edit()).toEqual(SILENT);
      expect(folder.eventNames()).toHaveLength(2);
      expect(readdirSync(folder.inbox)).toEqual(['alive', ...folder.eventNames()]);
    });

    test('once, although 20 hooks at a time see it', async () => {
      leave('wonce\n');
      const runs = await Promise.all(Array.from({ length: 20 }, edit));
      expect(runs.map(({ stderr }) => stderr).join('')).toBe('\u0001w\u0002once\n');
      expect(runs.map((run) => ({ ...run, stderr: '' }))).toEqual(Array(20).fill(SILENT));
    });

    test.each([
      ['task', '\u0001p\u00020.0\n\u0001p\u00021.0\n\u0001w\u0002for you\n'],
      ['operation', '\u0001w\u0002for you\n'],
    ] as const)('after a %s, whose answer it leaves alone', async (as, stderr) => {
      leave('wfor you\n');
      // The answer comes while this waits.
      const programs = folder.fakeProgram(
        'sleep',
        `cd '${folder.inbox}' && mkdir outbox && for id in r1-*; do mv "$id" "outbox/\${id#r1-}.json"; done`,
      );
      const run = await folder.run(folder.recorded(as), { as, path: programs });
      expect(run).toEqual({ ...SILENT, stdout: folder.recorded(as), stderr });
    });

    test('when the inbox is full', async () => {
      writeFileSync(path.join(folder.inbox, 'overflow'), '');
      leave('efull\n');
      expect(await edit()).toEqual({ ...SILENT, stderr: '\u0001e\u0002full\n' });
    });

    test('and leaves alone what is no notice', async () => {
      mkdirSync(path.join(folder.inbox, 'notice'));
      expect(await edit()).toEqual(SILENT);
    });
  },
);
