import fc from 'fast-check';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { sceneId } from '../../src/core/ids.ts';
import { type Command, command, oneOf } from './command.ts';
import type { LivingWorld } from './livingWorld.ts';

const place = fc.nat(20);
const idOf = ({ id }: SceneRow) => sceneId(String(id));

const onScene = (words: string, act: (living: LivingWorld, scene: SceneRow) => Promise<void>) =>
  place.map((each) =>
    command(`${words} scene ${each}`, async (living) => {
      const scene = oneOf(living.world.stash.library.scenes.all(), each);
      if (scene !== undefined) await act(living, scene);
    }),
  );

const hold = onScene('hold', async ({ world, held }, scene) => {
  held.add(scene.id);
  await world.operations.hold({ scenes: [idOf(scene)], reason: '' });
});

const release = onScene('release', async ({ world, held }, scene) => {
  await world.operations.release({ kind: 'scenes', scenes: [idOf(scene)] });
  held.delete(scene.id);
});

/** Of an undo too: what is left of the values that it put back is ours or others’, and PlexSync knows which. */
const undo = onScene('undo all writes to', async ({ world, held, undone }, scene) => {
  held.add(scene.id);
  undone.add(scene.id);
  await world.operations.undo({ selection: { kind: 'scene', scene: idOf(scene) }, isForced: false });
});

const undoLast = fc.constant(
  command('undo the last write', async ({ world, held, undone }) => {
    const [last] = await world.operations.history({ limit: 1 });
    if (last === undefined) return;
    held.add(Number(last.sceneId));
    undone.add(Number(last.sceneId));
    await world.operations.undo({ selection: { kind: 'writes', writes: [last.id] }, isForced: false });
  }),
);

export const undoCommands: readonly fc.Arbitrary<Command>[] = [hold, release, release, undo, undoLast];
