import type { SceneId } from '../core/ids.ts';
import { wholeLibrary } from '../core/scene.ts';
import { bringForward } from './bringForward.ts';
import type { Engine } from './engine.ts';
import { queueUndos } from './undoOperations.ts';

const UNDOS_AT_ONCE = 1_000;
const WRITING_KEY = 'was-writing';

/** What a daemon does once, before its first batch: goes on where the last one ended, however that was. */
export async function takeUpWork(engine: Engine): Promise<void> {
  await engine.store.queue.takeOverLeases(engine.owner, engine.clock.now());
  await bringForward(engine);
  await queueOpenUndos(engine);
  await compareAllWhenWritingStarts(engine);
}

/** What was asked for and not queued before a crash, or left in a dry run. */
async function queueOpenUndos(engine: Engine): Promise<void> {
  let after: SceneId | null = null;
  for (;;) {
    const scenes: readonly SceneId[] = await engine.store.undos.scenesWithOpen({
      after,
      limit: UNDOS_AT_ONCE,
    });
    await queueUndos(scenes, engine);
    if (scenes.length < UNDOS_AT_ONCE) return;
    after = scenes.at(-1) ?? null;
  }
}

/** Switched on, or out of a dry run: what was dropped or left in the meantime is found by comparing everything. */
async function compareAllWhenWritingStarts(engine: Engine): Promise<void> {
  const { store, settings, clock, logger } = engine;
  const isWriting = settings.enabled && !settings.dry_run;
  const wasWriting = await store.meta.get(WRITING_KEY);
  if (isWriting && wasWriting === 'no') {
    const now = clock.now();
    await store.queue.enqueue([{ subject: wholeLibrary, source: 'sweep' }], { now, dueAt: now });
    logger.info('writing is switched on again: comparing everything once');
  }
  await store.meta.set(WRITING_KEY, isWriting ? 'yes' : 'no');
}

/** Before work is done outside a daemon: what a dry run leaves unwritten is for the next daemon to find. */
export async function noteDryRun({ store, settings }: Engine): Promise<void> {
  if (settings.dry_run) await store.meta.set(WRITING_KEY, 'no');
}
