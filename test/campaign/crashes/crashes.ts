import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CampaignPart, Length, PartOptions } from '../part.ts';
import { type Demand, leftBehind } from './arrival.ts';
import { fillDisk, makeReadOnly, replaceFolder, restoreCopy } from './badFolders.ts';
import { type Bundles, makeBundles } from './bundles.ts';
import { Edits } from './edits.ts';
import { type HookKit, makeHookKit } from './hookUnderTest.ts';
import {
  type KillParts,
  killAtMoments,
  killAtStep,
  killCommands,
  killHooks,
  releaseHeld,
  STEPS,
} from './killRounds.ts';
import { Ledger } from './ledger.ts';
import { loseEnds } from './lostEnds.ts';
import { setClock } from './setClock.ts';
import { Site } from './site.ts';
import { mountSmallDisk, type SmallDisk } from './smallDisk.ts';
import { startSeveral } from './twoDaemons.ts';

interface Amounts {
  readonly files: number;
  readonly kills: number;
  readonly powerCuts: number;
  /** Times that several daemons are started at once, and that the clock is set. */
  readonly others: number;
  /** Rounds of each misfortune of the data folder. */
  readonly folders: number;
  /** Also what is much like another, and not worth the time of each CI run. */
  readonly isThorough: boolean;
}

const AMOUNTS: { readonly [Each in Length]: Amounts } = {
  short: { files: 40, kills: 16, powerCuts: 1, others: 1, folders: 1, isThorough: false },
  long: { files: 200, kills: 600, powerCuts: 40, others: 15, folders: 12, isThorough: true },
};

export const crashes: CampaignPart = {
  name: 'crashes',
  words: 'kills of daemon, hook and command line, lost ends of files, and data folders that misbehave',
  run: async (options) => {
    const ledger = new Ledger(options.tell);
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-crashes-'));
    try {
      const bundles = await makeBundles(folder);
      const hooks = makeHookKit(folder);
      options.tell(`hook.sh runs under ${hooks.shells.map((shell) => shell.join(' ')).join(', ')}`);
      for (const act of [killRounds, otherRounds, powerCuts, disks, folders]) {
        // What follows a break breaks for the same reason, mostly.
        if (ledger.isBroken) break;
        await act({ ...options, amounts: AMOUNTS[options.length], bundles, ledger, hooks }).catch(
          (error: Error) => ledger.broke(`${act.name} ended before its end: ${error.stack ?? error.message}`),
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return { figures: ledger.figures, broken: ledger.broken, skipped: ledger.skipped };
  },
};

interface Run extends PartOptions {
  readonly amounts: Amounts;
  readonly bundles: Bundles;
  readonly ledger: Ledger;
  readonly hooks: HookKit;
}

type SiteParts = KillParts;

/** A site of its own, on which all has arrived once. */
async function onSite(
  run: Run,
  { name, demand, files }: { readonly name: string; readonly demand: Demand; readonly files: number },
  act: (parts: SiteParts) => Promise<void>,
  around: { prepare(site: Site): void; tidy(): void } = { prepare: () => undefined, tidy: () => undefined },
): Promise<void> {
  const { bundles, ledger, hooks } = run;
  const random = run.random.named(name);
  const site = await Site.open({ files, bundles, ledger, demand });
  try {
    around.prepare(site);
    const daemon = await site.daemon();
    await (await site.operations()).reconcile();
    await site.end(await site.settle(`${name}, before all`, daemon), `${name}, before all`);
    await act({ site, edits: new Edits(site, random.named('edits'), ledger), random, ledger, hooks });
  } finally {
    around.tidy();
    await site.close();
  }
}

const killRounds = (run: Run): Promise<void> =>
  onSite(run, { name: 'kills', demand: 'exact', files: run.amounts.files }, async (parts) => {
    const { site, random, ledger } = parts;
    // In CI there is no time for every step: which, the seed says.
    const start = random.integer(0, STEPS.length - 1);
    const others = [killAtMoments, killHooks, killCommands] as const;
    for (let round = 0; !ledger.isBroken && killsOf(ledger) < run.amounts.kills; round++) {
      // Every step in turn, so that none is left to chance, and the others in between.
      const at = STEPS[(start + (round >> 1)) % STEPS.length];
      const other = others[(round >> 1) % others.length];
      if (at === undefined || other === undefined) throw new Error('unreachable');
      const step = `round ${round} (${round % 2 === 0 ? at : other.name})`;
      if (round % 2 === 0) await killAtStep(parts, at, step);
      else await other(parts, step);
      const daemon = await site.daemon();
      if (round % 2 === 0) await releaseHeld(parts);
      await site.settle(step, daemon);
      if (random.isChance(0.5)) {
        await site.end(daemon, step);
      } else {
        await site.kill(daemon, step);
        ledger.count('kills of an idle daemon');
      }
      run.tell(`${step}: ${killsOf(ledger)} kills, ${ledger.of('edits in Stash')} edits`);
    }
  });

const killsOf = ({ figures }: Ledger): number =>
  Object.entries(figures).reduce((sum, [name, count]) => sum + (name.startsWith('kills of ') ? count : 0), 0);

/** Several daemons at once, and clocks. */
const otherRounds = (run: Run): Promise<void> =>
  onSite(run, { name: 'others', demand: 'exact', files: 20 }, async (parts) => {
    for (let round = 0; !run.ledger.isBroken && round < run.amounts.others; round++) {
      for (const act of [startSeveral, setClock]) {
        const step = `${act.name} ${round}`;
        await act(parts, step);
        await parts.site.end(await parts.site.settle(step), step);
        run.tell(step);
      }
    }
  });

const powerCuts = (run: Run): Promise<void> =>
  onSite(run, { name: 'power cuts', demand: 'complete', files: 20 }, async (parts) => {
    for (let round = 0; !run.ledger.isBroken && round < run.amounts.powerCuts; round++) {
      await loseEnds(parts, `power cut ${round}`);
      run.tell(`power cut ${round}: ${run.ledger.of('bytes cut off the log')} bytes gone so far`);
    }
    run.ledger.count(
      'tags left behind by a disk that did not keep its word',
      leftBehind(parts.site.servers, parts.site.numbers),
    );
  });

/** The data folder alone is on a small disk, and so is the inbox. */
async function disks(run: Run): Promise<void> {
  for (const isInboxThere of run.amounts.isThorough ? [false, true] : [false]) {
    let disk: SmallDisk | null = null;
    const name = `disk with the inbox ${isInboxThere ? 'on' : 'beside'} it`;
    const act = async (parts: SiteParts): Promise<void> => {
      if (disk === null) {
        run.ledger.skipped.push(`${name}: this process may not mount one`);
        return;
      }
      for (let round = 0; !run.ledger.isBroken && round < run.amounts.folders; round++) {
        const step = `${name} ${round}`;
        if (isInboxThere) parts.site.see();
        else parts.site.blind();
        await fillDisk(parts, disk, step);
        if (!isInboxThere) await makeReadOnly(parts, disk, step);
        run.tell(step);
      }
    };
    await onSite(run, { name, demand: 'exact', files: 20 }, act, {
      prepare: ({ servers }) => {
        disk = mountSmallDisk(isInboxThere ? servers.folder : servers.dataDir);
      },
      tidy: () => disk?.remove(),
    });
  }
}

const folders = (run: Run): Promise<void> =>
  onSite(run, { name: 'folders', demand: 'complete', files: 20 }, async (parts) => {
    for (let round = 0; !run.ledger.isBroken && round < run.amounts.folders; round++) {
      for (const act of run.amounts.isThorough ? [replaceFolder, restoreCopy] : [replaceFolder]) {
        const step = `${act.name} ${round}`;
        await act(parts, step);
        run.tell(step);
      }
    }
  });
