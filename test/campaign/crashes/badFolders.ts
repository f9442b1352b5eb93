import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../processes/eventually.ts';
import type { NodeProcess } from '../../processes/nodeProcess.ts';
import type { Random } from '../random.ts';
import type { Edits } from './edits.ts';
import { type HookKit, hookDocument, runHook } from './hookUnderTest.ts';
import type { Ledger } from './ledger.ts';
import type { Site } from './site.ts';
import type { SmallDisk } from './smallDisk.ts';

export interface FolderParts {
  readonly site: Site;
  readonly edits: Edits;
  readonly random: Random;
  readonly ledger: Ledger;
}

export interface FullParts extends FolderParts {
  readonly hooks: HookKit;
}

/** Time to find out that nothing can be saved; with room left in its log the daemon may not. */
const FULL_FOR_MS = 2_000;
const ENDS_WITHIN_MS = 15_000;

/** What was edited while the disk was full arrives once there is room, whether the daemon lived or not. */
export async function fillDisk(parts: FullParts, disk: SmallDisk, step: string): Promise<void> {
  const { site, edits, random, ledger } = parts;
  let daemon: NodeProcess = await site.daemon();
  await delay(random.integer(0, 300));
  disk.fill();
  ledger.count('times the disk was full');
  for (let left = random.integer(2, 5); left > 0; left--) await tellByHook(parts, edits.scene());
  await eventually(() => expectSaid(daemon), { withinMs: FULL_FOR_MS }).then(
    () => ledger.count('times the daemon said that the disk is full'),
    () => undefined,
  );
  if (random.isChance(0.5)) {
    await site.kill(daemon, step);
    ledger.count('kills of the daemon on a full disk');
    const next = site.command('serve');
    await Promise.race([next.ended, delay(random.integer(200, 800))]);
    disk.free();
    await site.kill(next, step);
    daemon = await site.daemon();
  } else {
    disk.free();
  }
  await site.settle(step, daemon);
  await site.end(daemon, step);
}

function expectSaid({ stderr }: NodeProcess): void {
  if (!/is full/.test(stderr)) throw new Error('it has not said that the disk is full');
}

async function tellByHook({ site, random, hooks }: FullParts, number: number): Promise<void> {
  const { inboxDir, scene } = site.servers;
  const document = hookDocument(scene(number).id, 'A'.repeat(random.pick([0, 60_000])));
  await runHook({ shell: random.pick(hooks.shells), inboxDir, document });
}

/** Refused in a sentence; nothing is lost when the folder can be written again. */
export async function makeReadOnly(parts: FolderParts, disk: SmallDisk, step: string): Promise<void> {
  const { site, edits, ledger } = parts;
  site.blind();
  edits.several(3);
  disk.setReadOnly(true);
  const refused = site.command('serve');
  const { code } = await refused.ended;
  disk.setReadOnly(false);
  ledger.count('times the data folder was read-only');
  site.afterEnd(refused, step);
  const words = refused.stderr.trimEnd();
  if (code !== 1 || !/write/.test(words) || /\n\s+at /.test(words)) {
    site.broke(step, `on a read-only folder it ended with ${String(code)}: ${words}`);
  }
  await site.end(await site.settle(step), step);
}

/** The data folder is taken away while a daemon runs, and another is put there: an empty one, or none. */
export async function replaceFolder(
  { site, edits, random, ledger }: FolderParts,
  step: string,
): Promise<void> {
  site.see();
  const daemon = await site.daemon();
  edits.several(3);
  await delay(random.integer(0, 300));
  const away = path.join(site.servers.folder, 'taken-away');
  rmSync(away, { recursive: true, force: true });
  renameSync(site.dataDir, away);
  if (random.isChance(0.5)) mkdirSync(site.dataDir, { mode: 0o700 });
  ledger.count('times the data folder was replaced');
  edits.several(3);
  const { code } = await Promise.race([daemon.ended, delay(ENDS_WITHIN_MS, { code: 'running' as const })]);
  if (code !== 1) site.broke(step, `a daemon whose data folder was replaced ended with ${String(code)}`);
  await site.kill(daemon, step);
  const next = await site.daemon();
  // What the folder before had queued nobody knows any more.
  await (await site.operations()).reconcile();
  await site.end(await site.settle(step, next), step);
}

/** An older copy of the data folder is put back, as from a backup: it does not know what was written since. */
export async function restoreCopy({ site, edits, ledger }: FolderParts, step: string): Promise<void> {
  site.see();
  const copy = path.join(site.servers.folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(site.dataDir, copy, { recursive: true });
  edits.several(4);
  await site.end(await site.settle(step), step);
  rmSync(site.dataDir, { recursive: true });
  renameSync(copy, site.dataDir);
  ledger.count('times an older data folder was put back');
  edits.several(2);
  const daemon = await site.daemon();
  await (await site.operations()).reconcile();
  await site.end(await site.settle(step, daemon), step);
}
