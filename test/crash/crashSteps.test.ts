import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CrashStep } from '../../src/engine/crashStep.ts';
import { type BothServers, numbersTo, openBothServers } from '../processes/bothServers.ts';
import { startNode } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { serve } from '../processes/plexsync.ts';
import { png } from '../world/pictures.ts';
import { expectSoundDatabase, syncOnce } from './dataFolder.ts';

const DAEMON = fileURLToPath(new URL('./daemonUnderTest.ts', import.meta.url));

interface Scenario {
  /** How often the step is passed before it kills: in the middle hurts more than at the beginning. */
  readonly passes: number;
  readonly files: number;
  /** The library is read for the first time; else all was in step on the evening before. */
  readonly isFirstStart?: true;
  /** A tag that all scenes carry gets another name; else each scene is edited by itself. */
  readonly isRename?: true;
  /** Of that nobody told; the inbox ran over, so that everything is to be compared. */
  readonly isOverflow?: true;
}

/** Those of an undo are test/sync/undoCrash.test.ts’s. */
type Step = Exclude<CrashStep, `undo-${string}`>;

/** Library pages hold 500 items and fan-out pages 1,000 scenes, so that these two need more than that. */
const SCENARIOS: { readonly [Each in Step]: readonly Scenario[] } = {
  'events-read': [{ passes: 0, files: 6 }],
  'events-queued': [{ passes: 0, files: 6 }],
  claimed: [{ passes: 0, files: 6 }],
  'both-sides-read': [{ passes: 0, files: 6 }],
  'write-intended': [0, 2].map((passes) => ({ passes, files: 6 })),
  'edit-sent': [0, 2, 5].map((passes) => ({ passes, files: 6 })),
  'image-intended': [0, 2].map((passes) => ({ passes, files: 6 })),
  'image-sent': [0, 2].map((passes) => ({ passes, files: 6 })),
  'edit-read-back': [{ passes: 0, files: 6 }],
  proved: [{ passes: 0, files: 6 }],
  'fan-out-page': [0, 1].map((passes) => ({ passes, files: 1_050, isRename: true })),
  'reconcile-page': [0, 1].map((passes) => ({ passes, files: 1_050, isRename: true, isOverflow: true })),
  'index-page': [0, 1, 2].map((passes) => ({ passes, files: 1_050, isFirstStart: true })),
};

/** The scenes that are edited one by one. */
const EDITED = numbersTo(6);
const WHILE_DOWN = EDITED.slice(0, 3);

describe.each(Object.keys(SCENARIOS) as readonly Step[])('a kill at %s', (step) => {
  test.each(SCENARIOS[step])('loses nothing: %j', { timeout: 240_000 }, async (scenario) => {
    // Given, not learned: in a first start that would need the look for changes, which is blind below.
    const env = { PLEXSYNC_PATH_MAP: '/data=>/media' };
    const servers = await openBothServers({ files: scenario.files, env });
    const all = scenario.isRename ? numbersTo(scenario.files) : EDITED;
    const tags = giveOldTag(servers, numbersTo(scenario.files));
    if (scenario.isFirstStart === undefined) await syncOnce(servers, all);
    // Nothing but what hooks told and the database kept may bring an edit: the look for changes is blind.
    for (const matching of ['{ scenes { id updated_at', 'PlexSyncNewest']) {
      servers.stash.faults.add({ fault: 'busy', matching });
    }

    if (scenario.isRename) rename(servers, tags.old, scenario.isOverflow);
    else editEach(servers, tags);
    await crash(servers, { step, passes: scenario.passes });

    // Whether Plex has it already or not: it was ours, so that it has to go.
    for (const number of WHILE_DOWN) removeTags(servers, number);
    const daemon = await serve({ env: servers.env, cwd: servers.folder });
    await haveArrived(servers, all);
    for (const number of EDITED) removeTags(servers, number);
    await haveArrived(servers, all);

    servers.plex.log.assertHarmless();
    daemon.signal('SIGTERM');
    expect(await daemon.ended).toEqual({ code: 0, signal: null });
    await expectSoundDatabase(servers);
  });
});

interface Tags {
  readonly old: number;
  readonly fresh: number;
}

/** A tag that every scene carries, and one that none does yet. */
function giveOldTag({ stash, scene }: BothServers, numbers: readonly number[]): Tags {
  const [old, fresh] = ['Old', 'Fresh'].map((name) => stash.library.addTag({ name }).id);
  if (old === undefined || fresh === undefined) throw new Error('unreachable');
  for (const number of numbers) {
    const { tagIds } = scene(number);
    stash.library.editScene(scene(number), { title: `Scene ${number}`, tagIds: [...tagIds, old] });
  }
  return { old, fresh };
}

function editEach({ stash, scene, inboxDir }: BothServers, tags: Tags): void {
  for (const number of EDITED) {
    const { id, tagIds } = scene(number);
    const changed = [...tagIds.filter((tagId) => tagId !== tags.old), tags.fresh];
    stash.library.editScene(scene(number), { title: `Edited ${number}`, tagIds: changed });
    stash.library.setCover(scene(number), png(`${number}`));
    leaveHookEvent(inboxDir, { type: 'Scene.Update.Post', id });
  }
}

function rename({ stash, inboxDir }: BothServers, tagId: number, isOverflow = false): void {
  const tag = stash.library.tags.get(tagId);
  if (tag === undefined) throw new Error(`there is no tag ${tagId}`);
  stash.library.tags.update(tag, { name: 'Old under another name' });
  if (!isOverflow) return leaveHookEvent(inboxDir, { type: 'Tag.Update.Post', id: tagId });
  mkdirSync(inboxDir, { recursive: true });
  writeFileSync(path.join(inboxDir, 'overflow'), '');
}

function removeTags({ stash, scene, inboxDir }: BothServers, number: number): void {
  stash.library.editScene(scene(number), { tagIds: [] });
  leaveHookEvent(inboxDir, { type: 'Scene.Update.Post', id: scene(number).id });
}

async function crash(
  { env, folder }: BothServers,
  at: { readonly step: CrashStep; readonly passes: number },
): Promise<void> {
  const marker = path.join(folder, 'reached');
  const daemon = startNode([DAEMON], {
    cwd: folder,
    env: { ...env, CRASH_STEP: at.step, CRASH_PASSES: String(at.passes), CRASH_MARKER: marker },
  });
  await eventually(() => {
    if (!existsSync(marker)) throw new Error(`${at.step} was not reached: ${daemon.stderr}`);
  });
  expect(await daemon.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(readFileSync(marker, 'utf8')).toBe(at.step);
}

const haveArrived = (servers: BothServers, numbers: readonly number[]): Promise<void> =>
  eventually(() => expect(servers.differences(numbers).slice(0, 3)).toEqual([]));
