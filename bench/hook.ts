import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Benchmark, caseOf, type Finding, note } from './suite/benchmark.ts';
import { ROOT } from './suite/benchProcess.ts';
import { mutateStash } from './suite/editStash.ts';
import { quantile } from './suite/figure.ts';
import { processCost } from './suite/processCost.ts';
import { type Simulator, startStash } from './suite/simulators.ts';
import { numberText } from './suite/table.ts';

const STDIN = [
  { words: '1 KB', bytes: 1_000 },
  { words: '2 MB', bytes: 2_000_000 },
];
/** With the hook's own still fewer than are kept: at 10,000 it would leave no more than the word that there are too many. */
const WAITING = 9_998;
const BULK = 500;

export const hook: Benchmark = {
  name: 'hook',
  words: 'what hook.sh costs Stash, which waits for it, from its start to its end',
  measures: [
    { name: 'hook', unit: 'ms' },
    { name: 'over a bare sh', unit: 'ms' },
    { name: 'hook at p95', unit: 'ms' },
    { name: 'CPU', unit: 'ms' },
    { name: 'CPU over a bare sh', unit: 'ms' },
  ],
  async *run({ isQuick, rounds }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-bench-'));
    const runs = rounds ?? (isQuick ? 10 : 200);
    try {
      copyFileSync(path.join(ROOT, 'src/plugin/hook.sh'), path.join(folder, 'hook.sh'));
      const { found, missing } = shells(folder);
      for (const shell of found) {
        for (const waiting of [0, WAITING]) {
          for (const stdin of STDIN) yield oneByOne({ shell, waiting, stdin, folder, runs });
        }
      }
      if (missing !== null) yield note(missing);
      yield await inBulk(
        path.join(folder, 'bulk'),
        isQuick ? { scenes: 50, bulks: 1 } : { scenes: BULK, bulks: 5 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Shell {
  readonly name: string;
  readonly command: string;
  readonly path: string;
}

/** The one of this machine, and busybox with its own mktemp, head and mv, as in Stash's container. */
function shells(folder: string): { readonly found: readonly Shell[]; readonly missing: string | null } {
  const own: Shell = { name: 'sh', command: 'sh', path: process.env['PATH'] ?? '' };
  const busybox = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  if (busybox === '') return { found: [own], missing: 'No busybox on PATH: its cases are left out.' };
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const applet of ['sh', 'mktemp', 'head', 'mv']) symlinkSync(busybox, path.join(bin, applet));
  return { found: [own, { name: 'busybox', command: path.join(bin, 'sh'), path: bin }], missing: null };
}

/** Hook and bare shell by turns, so that both meet the same machine. */
function oneByOne(about: {
  readonly shell: Shell;
  readonly waiting: number;
  readonly stdin: (typeof STDIN)[number];
  readonly folder: string;
  readonly runs: number;
}): Finding {
  const { shell, waiting, stdin, folder, runs } = about;
  const inbox = path.join(folder, `${shell.name}-${waiting}-${stdin.bytes}`);
  prepareInbox(inbox, waiting);
  const input = `{"args":{"hookContext":{"id":1,"cover":"${'x'.repeat(stdin.bytes)}"}}}`;
  const env = { PATH: shell.path, PLEXSYNC_INBOX_DIR: inbox };
  const run = (args: readonly string[]): number => {
    const startedAt = performance.now();
    spawnSync(shell.command, args, { input, env });
    return performance.now() - startedAt;
  };
  const runBare = (): number => run(['-c', ':']);
  const runHook = (): number => {
    const ms = run([path.join(folder, 'hook.sh'), 'hook']);
    takeEvents(inbox);
    return ms;
  };
  const [bare, hooked]: [number[], number[]] = [[], []];
  for (let each = 0; each < runs; each++) {
    bare.push(runBare());
    hooked.push(runHook());
  }
  const bareMs = quantile(bare, 0.5);
  const [bareCpu, hookCpu] = [cpuOf(runs, runBare), cpuOf(runs, runHook)];
  const state = waiting === 0 ? 'idle' : `${numberText(waiting)} events waiting`;
  return caseOf(`${shell.name}, ${state}, stdin of ${stdin.words}`, {
    hook: hooked,
    'over a bare sh': hooked.map((ms) => ms - bareMs),
    'hook at p95': [quantile(hooked, 0.95)],
    CPU: [hookCpu],
    'CPU over a bare sh': [hookCpu - bareCpu],
  });
}

/** Of many in a row: the kernel counts in hundredths of a second. */
function cpuOf(runs: number, run: () => void): number {
  const { childrenCpuMs } = processCost('self');
  for (let each = 0; each < runs; each++) run();
  return (processCost('self').childrenCpuMs - childrenCpuMs) / runs;
}

const WAITS = '-waits';

/** With a daemon alive, as it is nearly always; it takes nothing in. */
function prepareInbox(inbox: string, waiting: number): void {
  mkdirSync(inbox);
  for (let n = 0; n < waiting; n++) writeFileSync(path.join(inbox, `v1-${n}${WAITS}`), '{}');
  const alive = path.join(inbox, 'alive');
  writeFileSync(alive, '');
  utimesSync(alive, new Date(Date.now() + 3_600_000), new Date(Date.now() + 3_600_000));
}

/** What the daemon does meanwhile. */
function takeEvents(inbox: string): void {
  const stored = readdirSync(inbox).filter((name) => name.startsWith('v1-') && !name.endsWith(WAITS));
  if (stored.length !== 1) throw new Error(`hook.sh stored ${stored.length} events`);
  for (const name of stored) rmSync(path.join(inbox, name));
}

/** As Stash runs it for a bulk edit, one process after the other; less what the edit takes without a hook. */
async function inBulk(
  inbox: string,
  { scenes, bulks }: { readonly scenes: number; readonly bulks: number },
): Promise<Finding> {
  prepareInbox(inbox, 0);
  const hooked = await startStash({ scenes, inbox });
  const bare = await startStash({ scenes, inbox: null });
  try {
    const times: number[] = [];
    const { childrenCpuMs } = hooked.process.cost();
    for (let bulk = 1; bulk <= bulks; bulk++) {
      const bareMs = await bulkEdit(bare, { scenes, bulk });
      const ms = await bulkEdit(hooked, { scenes, bulk });
      times.push((ms - bareMs) / scenes);
      const stored = readdirSync(inbox).filter((name) => name.startsWith('v1-'));
      if (stored.length !== scenes) throw new Error(`${scenes} hooks stored ${stored.length} events`);
      for (const name of stored) rmSync(path.join(inbox, name));
    }
    const cpuMs = (hooked.process.cost().childrenCpuMs - childrenCpuMs) / (bulks * scenes);
    return caseOf(`each of a bulk edit of ${scenes} in Stash`, { hook: times, CPU: [cpuMs] });
  } finally {
    await Promise.all([hooked.end(), bare.end()]);
  }
}

async function bulkEdit(
  stash: Simulator,
  { scenes, bulk }: { readonly scenes: number; readonly bulk: number },
): Promise<number> {
  const ids = Array.from({ length: scenes }, (_, index) => index + 1);
  const startedAt = performance.now();
  await mutateStash(
    stash,
    `bulkSceneUpdate(input: { ids: [${ids.join()}], details: "Bulk ${bulk}" }) { id }`,
  );
  return performance.now() - startedAt;
}
