import { createEntity, destroyEntities, mergeTags, updateEntity } from '../edit/editEntities.ts';
import {
  type BulkSceneUpdate,
  bulkUpdateScenes,
  createScene,
  destroyScenes,
  mergeScenes,
  type SceneUpdate,
  updateScenes,
} from '../edit/editScenes.ts';
import {
  type EntityInput,
  type EntityKind,
  groupKind,
  type NamedRow,
  performerKind,
  studioKind,
  tagKind,
} from '../edit/entityKinds.ts';
import { type MoveRequest, moveFiles } from '../edit/moveFiles.ts';
import type { ChangeRules, SceneInput } from '../edit/sceneChange.ts';
import * as shape from '../hooks/hookInput.ts';
import type { HookEvent } from '../hooks/pluginHooks.ts';
import { coverOfInput } from '../http/coverAnswer.ts';
import type { Library } from '../model/library.ts';
import type { SceneRow } from '../model/rows.ts';
import { type Call, type Resolvers, requireDatabase } from './resolver.ts';

type Mutation<Args> = (args: Args, call: Call) => unknown;
type Plain = Readonly<Record<string, unknown>>;

const rulesOf = ({ library, switches }: Call): ChangeRules => ({
  library,
  hasPartialDates: !switches.olderStash,
});

/** Hooks run after the commit, one scene after the other; the answer waits and reads the scene again. */
async function toldOf(
  scenes: readonly SceneRow[],
  call: Call,
  eventOf: (scene: SceneRow, index: number) => HookEvent,
) {
  const answered: (SceneRow | null)[] = [];
  for (const [index, scene] of scenes.entries()) {
    await call.fire(eventOf(scene, index));
    answered.push(call.library.scenes.get(scene.id) ?? null);
  }
  return answered;
}

const sceneUpdate: Mutation<{ readonly input: SceneUpdate & Plain }> = async ({ input }, call) => {
  const cover = coverOfInput(input['cover_image']);
  const updated = updateScenes([input], rulesOf(call));
  for (const row of updated) if (cover !== null) call.library.setCover(row, cover);
  const [scene] = await toldOf(updated, call, ({ id }) => ({
    id,
    type: 'Scene.Update.Post',
    input: shape.sceneUpdateInput(input),
    inputFields: shape.inputFields(input),
  }));
  return scene;
};

/** Each hook is told of all scenes at once, and that it is about one of them (stash reference §2.6). */
const scenesUpdate: Mutation<{ readonly input: readonly (SceneUpdate & Plain)[] }> = ({ input }, call) =>
  toldOf(updateScenes(input, rulesOf(call)), call, ({ id }, index) => ({
    id,
    type: 'Scene.Update.Post',
    input: input.map(shape.sceneUpdateInput),
    inputFields: shape.inputFields(input[index] ?? {}),
  }));

const bulkSceneUpdate: Mutation<{ readonly input: BulkSceneUpdate & Plain }> = ({ input }, call) =>
  toldOf(bulkUpdateScenes(input, rulesOf(call)), call, ({ id }) => ({
    id,
    type: 'Scene.Update.Post',
    input: shape.givenInput(input),
    inputFields: shape.inputFields(input),
  }));

const sceneCreate: Mutation<{ readonly input: SceneInput }> = async ({ input }, call) => {
  const scene = createScene(input, rulesOf(call));
  await call.fire({ id: scene.id, type: 'Scene.Create.Post', input: null });
  return scene;
};

async function destroyAll(ids: readonly string[], input: Plain, call: Call): Promise<true> {
  for (const { id, checksum, oshash, path } of destroyScenes(ids, rulesOf(call))) {
    await call.fire({ id, type: 'Scene.Destroy.Post', input: { ...input, checksum, oshash, path } });
  }
  return true;
}

/** The shapes of an entity's hook inputs, and its name in triggers. */
interface EntityHooks {
  readonly trigger: string;
  readonly createInput: (input: Plain) => Plain;
  readonly updateInput: (input: Plain) => Plain;
}

/** Groups are told of twice, under their old name as well (stash reference §2.6). */
async function fireEntity({ trigger }: EntityHooks, event: HookEvent, call: Call): Promise<void> {
  await call.fire({ ...event, type: `${trigger}.${event.type}` });
  if (trigger === 'Group') await call.fire({ ...event, type: `Movie.${event.type}` });
}

function entityMutations<Row extends NamedRow>(
  kindOf: (library: Library) => EntityKind<Row>,
  hooks: EntityHooks,
) {
  const create: Mutation<{ readonly input: EntityInput & { readonly name: string } & Plain }> = async (
    { input },
    call,
  ) => {
    const row = createEntity(kindOf(call.library), input);
    await fireEntity(hooks, { id: row.id, type: 'Create.Post', input: hooks.createInput(input) }, call);
    return row;
  };
  const update: Mutation<{ readonly input: EntityInput & { readonly id: string } & Plain }> = async (
    { input },
    call,
  ) => {
    const row = updateEntity(kindOf(call.library), input);
    const told = { input: hooks.updateInput(input), inputFields: shape.inputFields(input) };
    await fireEntity(hooks, { id: row.id, type: 'Update.Post', ...told }, call);
    return row;
  };
  const destroyAllOf = async (ids: readonly string[], input: unknown, call: Call): Promise<true> => {
    for (const id of destroyEntities(kindOf(call.library), ids)) {
      await fireEntity(hooks, { id, type: 'Destroy.Post', input }, call);
    }
    return true;
  };
  const destroy: Mutation<{ readonly input: { readonly id: string } }> = ({ input }, call) =>
    destroyAllOf([input.id], input, call);
  const destroyMany: Mutation<{ readonly ids: readonly string[] }> = ({ ids }, call) =>
    destroyAllOf(ids, ids, call);
  return { create, update, destroy, destroyMany };
}

const performer = entityMutations(performerKind, {
  trigger: 'Performer',
  createInput: shape.performerCreateInput,
  updateInput: shape.performerUpdateInput,
});
const studio = entityMutations(studioKind, {
  trigger: 'Studio',
  createInput: shape.studioCreateInput,
  updateInput: shape.studioUpdateInput,
});
const given = { createInput: shape.givenInput, updateInput: shape.givenInput };
const group = entityMutations(groupKind, { trigger: 'Group', ...given });
const tag = entityMutations(tagKind, { trigger: 'Tag', ...given });

const tagsMerge: Mutation<{
  readonly input: { readonly source: readonly string[]; readonly destination: string };
}> = async ({ input }, call) => {
  const merged = mergeTags(input, call.library);
  await call.fire({ id: merged.id, type: 'Tag.Merge.Post', input });
  return merged;
};

function written<Args>(mutation: Mutation<Args>): (source: unknown, args: Args, call: Call) => unknown {
  return (_, args, call) => {
    requireDatabase(call);
    return mutation(args, call);
  };
}

export const mutationResolvers: Resolvers = {
  sceneCreate: written(sceneCreate),
  sceneUpdate: written(sceneUpdate),
  scenesUpdate: written(scenesUpdate),
  bulkSceneUpdate: written(bulkSceneUpdate),
  sceneMerge: written<{ readonly input: Parameters<typeof mergeScenes>[0] }>(({ input }, call) =>
    mergeScenes(input, rulesOf(call)),
  ),
  sceneDestroy: written<{ readonly input: Plain & { readonly id: string } }>(({ input }, call) =>
    destroyAll([input.id], shape.sceneDestroyInput(input), call),
  ),
  scenesDestroy: written<{ readonly input: Plain & { readonly ids: readonly string[] } }>(({ input }, call) =>
    destroyAll(input.ids, shape.scenesDestroyInput(input), call),
  ),
  performerCreate: written(performer.create),
  performerUpdate: written(performer.update),
  performerDestroy: written(performer.destroy),
  performersDestroy: written(performer.destroyMany),
  studioCreate: written(studio.create),
  studioUpdate: written(studio.update),
  studioDestroy: written(studio.destroy),
  studiosDestroy: written(studio.destroyMany),
  groupCreate: written(group.create),
  groupUpdate: written(group.update),
  groupDestroy: written(group.destroy),
  groupsDestroy: written(group.destroyMany),
  tagCreate: written(tag.create),
  tagUpdate: written(tag.update),
  tagDestroy: written(tag.destroy),
  tagsDestroy: written(tag.destroyMany),
  tagsMerge: written(tagsMerge),
  moveFiles: written<{ readonly input: MoveRequest }>(({ input }, call) => {
    moveFiles(input, call);
    return true;
  }),
};
