/**
 * What hook.sh costs Stash: its time over a bare `sh -c :`, runs interleaved, medians.
 *
 *   node bench/hookTime.ts [runs=200]
 *
 * Cases: an empty inbox and one where almost as many events wait as are kept; 1 KB and 2 MB of stdin
 * (a cover image); dash, and busybox with its own mktemp, head and mv, as in Stash's container.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quantile } from './suite/figure.ts';

const RUNS = Number(process.argv[2] ?? 200);
const WAITING = 9_700;
const HOOK = path.join(import.meta.dirname, '../src/plugin/hook.sh');

interface Shell {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly path: string;
}

function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'hook-time-'));
  try {
    console.log('shell    waiting  stdin   bare sh   hook   over (median)   over (p95)');
    for (const shell of shells(folder)) {
      for (const waiting of [0, WAITING]) {
        for (const stdinBytes of [1_000, 2_000_000]) {
          const inbox = path.join(folder, `${shell.name}-${waiting}-${stdinBytes}`);
          prepareInbox(inbox, waiting);
          report(shell, { waiting, stdinBytes, inbox, plugin: folder });
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shells(folder: string): readonly Shell[] {
  const found: Shell[] = [{ name: 'sh', command: ['sh'], path: process.env['PATH'] ?? '' }];
  const busybox = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  if (busybox === '') {
    console.log('(no busybox on PATH: its cases are left out)');
    return found;
  }
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const applet of ['sh', 'mktemp', 'head', 'mv']) symlinkSync(busybox, path.join(bin, applet));
  return [...found, { name: 'busybox', command: [path.join(bin, 'sh')], path: bin }];
}

/** With a daemon alive, as it is nearly always. */
function prepareInbox(inbox: string, waiting: number): void {
  mkdirSync(inbox);
  for (let n = 0; n < waiting; n++) writeFileSync(path.join(inbox, `v1-${n}-waits`), '{}');
  const alive = path.join(inbox, 'alive');
  writeFileSync(alive, '');
  utimesSync(alive, new Date(Date.now() + 3_600_000), new Date(Date.now() + 3_600_000));
}

interface Case {
  readonly waiting: number;
  readonly stdinBytes: number;
  readonly inbox: string;
  readonly plugin: string;
}

function report(shell: Shell, each: Case): void {
  const hook = path.join(each.plugin, 'hook.sh');
  copyFileSync(HOOK, hook);
  const input = `{"args":{"hookContext":{"id":1,"cover":"${'x'.repeat(each.stdinBytes)}"}}}`;
  const env = { PATH: shell.path, PLEXSYNC_INBOX_DIR: each.inbox };
  const time = (args: readonly string[]): number => {
    const startedAt = performance.now();
    spawnSync(shell.command[0], [...shell.command.slice(1), ...args], { input, env });
    return performance.now() - startedAt;
  };
  const bare: number[] = [];
  const hooked: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    bare.push(time(['-c', ':']));
    hooked.push(time([hook, 'hook']));
  }
  const base = quantile(bare, 0.5);
  const row = [quantile(hooked, 0.5), quantile(hooked, 0.5) - base, quantile(hooked, 0.95) - base];
  const [median, over, overMost] = row.map((ms) => ms.toFixed(1).padStart(6));
  console.log(
    `${shell.name.padEnd(8)} ${String(each.waiting).padStart(7)}  ${each.stdinBytes < 10_000 ? '1 KB' : '2 MB'}  ` +
      `${base.toFixed(1).padStart(7)} ${median} ms      ${over} ms    ${overMost} ms`,
  );
}

main();
