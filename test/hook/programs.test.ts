import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { availableShells, PluginFolder, whereIs } from './hookRun.ts';

const canTrace = whereIs('strace') !== null && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) console.warn('skipped: which programs hook.sh runs, because strace is absent or not allowed');

const traced = ['first', 'with the inbox remembered', 'for a daemon elsewhere', 'into a full inbox'] as const;

test.skipIf(!canTrace).each(availableShells().flatMap((shell) => traced.map((which) => ({ shell, which }))))(
  'a hook under $shell.name, $which, runs at most three programs and opens no socket',
  async ({ shell, which }) => {
    const folder = new PluginFolder(shell);
    folder.prepareInbox();
    if (which !== 'first') await folder.run(folder.recorded('scene-update'));
    if (which === 'for a daemon elsewhere') writeFileSync(path.join(folder.inbox, 'external'), '');
    if (which === 'into a full inbox') writeFileSync(path.join(folder.inbox, 'overflow'), '');

    const trace = path.join(folder.root, 'trace');
    const input = folder.recorded('scene-update');
    const calls = 'execve,fork,vfork,clone,clone3,socket,connect';
    const args = ['-ff', '-o', trace, '-e', `trace=?${calls.replaceAll(',', ',?')}`, ...shell.command];
    const run = spawnSync('strace', [...args, folder.hook, 'hook'], {
      input,
      env: { PATH: `${shell.path}:${process.env['PATH']}` },
    });
    expect(run.status).toBe(0);

    const lines = readdirSync(folder.root)
      .filter((name) => name.startsWith('trace.'))
      .flatMap((name) => readFileSync(path.join(folder.root, name), 'utf8').split('\n'));
    folder.remove();
    const started = lines.filter((line) => line.startsWith('execve(') && line.endsWith(' = 0')).slice(1);
    const forked = lines.filter((line) => /^(v?fork|clone3?)\(.* = \d+$/.test(line));
    const limit = which === 'into a full inbox' ? 0 : 3;
    expect(started).toHaveLength(limit);
    expect(forked).toHaveLength(limit);
    expect(lines.filter((line) => /^(socket|connect)\(/.test(line))).toEqual([]);
  },
);
