import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CRASH_STEPS, type CrashStep } from '../../../src/engine/crashStep.ts';
import { eventually } from '../../processes/eventually.ts';
import type { NodeProcess } from '../../processes/nodeProcess.ts';
import type { Random } from '../random.ts';
import type { Edits } from './edits.ts';
import { type HookKit, hookDocument, runHook } from './hookUnderTest.ts';
import type { Ledger } from './ledger.ts';
import { runs, type Site } from './site.ts';

export interface KillParts {
  readonly site: Site;
  readonly edits: Edits;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly hooks: HookKit;
}

/** Long enough for a start, an intake and a batch or two. */
const LONGEST_LIFE_MS = 700;
const LONGEST_COMMAND_MS = 400;
/** A hook ends within some milliseconds. */
const LONGEST_HOOK_MS = 12;
/** Then a step is not on the way of what was done. */
const STEP_WITHIN_MS = 15_000;
/** Each batch comes by most steps once. */
const MORE_EDITS_MS = 400;
const ENDS_WITHIN_MS = 2_000;

/** A daemon is killed while edits come in, up to three times in a row. */
export async function killAtMoments(parts: KillParts, step: string): Promise<void> {
  const { site, edits, random, ledger } = parts;
  site.blind();
  for (let left = random.integer(1, 3); left > 0; left--) {
    const daemon = site.command('serve');
    const lifeMs = random.integer(50, LONGEST_LIFE_MS);
    const count = random.integer(1, 5);
    for (let each = 0; each < count; each++) {
      edits.told();
      // What is random here is the moment, so that this is a time and no condition.
      await delay(lifeMs / count);
    }
    if (random.isChance(0.2)) edits.rename();
    await site.kill(daemon, step);
    ledger.count('kills of the daemon at any moment');
  }
}

/** What has to be done to come by a step that not every edit passes. */
const WAYS: Partial<Record<CrashStep, (parts: KillParts, daemon: NodeProcess) => Promise<void>>> = {
  'fan-out-page': async ({ edits }) => edits.rename(),
  'reconcile-page': async ({ edits, site }) => {
    // Of which nobody tells: the inbox ran over.
    edits.scene();
    mkdirSync(site.servers.inboxDir, { recursive: true });
    writeFileSync(path.join(site.servers.inboxDir, 'overflow'), '');
  },
  'index-page': async ({ site }, daemon) => {
    await runs(daemon);
    await (await site.operations()).reconcile();
  },
  'undo-asked': askForUndo,
  'undo-proved': askForUndo,
};

async function askForUndo(parts: KillParts, daemon: NodeProcess): Promise<void> {
  const { site, random } = parts;
  await runs(daemon);
  // One before may have had nothing to undo, and has not come by the step; what it holds would not arrive.
  await releaseHeld(parts);
  await site.arrived();
  const operations = await site.operations();
  const entries = await operations.history({ limit: 20 });
  const writes = entries.filter(({ source, state }) => source !== 'undo' && state === 'arrived');
  if (writes.length === 0) return;
  const { id } = random.pick(writes);
  await operations.undo({ selection: { kind: 'writes', writes: [id] }, isForced: true });
}

export const STEPS = Object.keys(CRASH_STEPS) as readonly CrashStep[];

/** A daemon kills itself at a step, at the first to third time that it comes by. */
export async function killAtStep(parts: KillParts, at: CrashStep, step: string): Promise<void> {
  const { site, edits, random, ledger } = parts;
  site.blind();
  const isRare = at.startsWith('undo') || at === 'index-page';
  const daemon = site.killable({ at, passes: isRare ? 0 : random.integer(0, 2) });
  let hasEnded = false;
  void daemon.ended.then(() => {
    hasEnded = true;
  });
  const deadline = performance.now() + STEP_WITHIN_MS;
  while (!hasEnded && performance.now() < deadline) {
    edits.several(4);
    if (at.startsWith('image')) edits.cover();
    await WAYS[at]?.(parts, daemon).catch(async (error: unknown) => {
      // It may die at any word, which is heard before its end is.
      await Promise.race([daemon.ended, delay(ENDS_WITHIN_MS)]);
      if (!hasEnded) throw error;
    });
    await Promise.race([daemon.ended, delay(MORE_EDITS_MS)]);
  }
  if (hasEnded) ledger.count(`kills at ${at}`);
  else ledger.count('steps that were not come by');
  daemon.signal('SIGKILL');
  await daemon.ended;
  site.afterEnd(daemon, step);
  ledger.count('kills of the daemon at a step');
}

/** What was undone stays held until it is released: then Stash's values come again. */
export async function releaseHeld({ site }: KillParts): Promise<void> {
  const operations = await site.operations();
  await eventually(async () => {
    const { openUndos } = await operations.status();
    if (openUndos > 0) throw new Error(`${openUndos} undos are still open`);
  });
  const { held } = await operations.status();
  if (held > 0) await operations.release({ kind: 'all' });
}

/** hook.sh is killed at a step or at any moment; then nobody has told of the edit, and the poll finds it. */
export async function killHooks({ site, edits, random, ledger, hooks }: KillParts): Promise<void> {
  site.see();
  const { inboxDir, scene } = site.servers;
  mkdirSync(inboxDir, { recursive: true });
  for (let left = random.integer(2, 5); left > 0; left--) {
    const number = edits.scene();
    // Covers come with the event, and make it larger than what is kept of it.
    const document = hookDocument(scene(number).id, 'A'.repeat(random.pick([0, 500, 200_000])));
    const shell = random.pick(hooks.shells);
    const at = random.isChance(0.6) ? random.pick(hooks.steps) : null;
    const how = at === null ? { killAfterMs: random.integer(0, LONGEST_HOOK_MS) } : { bin: at.bin };
    const { wasKilled } = await runHook({ shell, inboxDir, document, ...how });
    if (wasKilled)
      ledger.count(at === null ? 'kills of the hook at any moment' : 'kills of the hook at a step');
    else ledger.count('hooks that were faster than their kill');
  }
}

const COMMANDS: readonly (readonly string[])[] = [
  ['sync', '1', '2', '3'],
  ['sync', '--all'],
  ['status'],
  ['history'],
  ['reconcile'],
  ['plan', '1'],
  ['doctor'],
  ['retry', '--all'],
];

/** A command is killed, beside a daemon or alone, when it opens the database and does the work itself. */
export async function killCommands({ site, edits, random, ledger }: KillParts, step: string): Promise<void> {
  site.blind();
  const daemon = random.isChance(0.5) ? site.command('serve') : null;
  for (let left = random.integer(1, 3); left > 0; left--) {
    edits.several(3);
    const command = site.command(...random.pick(COMMANDS));
    await Promise.race([command.ended, delay(random.integer(30, LONGEST_COMMAND_MS))]);
    command.signal('SIGKILL');
    const { signal } = await command.ended;
    if (signal === 'SIGKILL') ledger.count('kills of a command');
    else ledger.count('commands that were faster than their kill');
  }
  if (daemon === null) return;
  await site.kill(daemon, step);
  ledger.count('kills of the daemon at any moment');
}
