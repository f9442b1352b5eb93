import path from 'node:path/posix';
import fc from 'fast-check';
import { destroyScenes, mergeScenes, updateScenes } from '../../simulator/stash/edit/editScenes.ts';
import { moveFiles } from '../../simulator/stash/edit/moveFiles.ts';
import { scanRenamedFolder } from '../../simulator/stash/edit/scanning.ts';
import { performerIds, studioId, tagIds } from '../sync/eachWorld.ts';
import { png } from '../world/pictures.ts';
import { type Command, command, oneOf } from './command.ts';
import type { LivingWorld } from './livingWorld.ts';

const place = fc.nat(20);
const isTold = fc.boolean();
const word = fc.constantFrom('Red', 'Green', 'Blue', 'Amber');
const words = fc.subarray(['Red', 'Green', 'Blue', 'Amber']);
const ids = (rows: readonly { readonly id: number }[]): readonly string[] => rows.map(({ id }) => String(id));
const rulesOf = ({ world }: LivingWorld) => ({ library: world.stash.library, hasPartialDates: true });

const edit = fc
  .record({ place, title: fc.option(word), studio: fc.option(word), tags: words, performers: words, isTold })
  .map(({ place, title, studio, tags, performers, isTold }) =>
    command(
      `edit ${place}: ${JSON.stringify({ title, studio, tags, performers, isTold })}`,
      async (living) => {
        const { world } = living;
        const scene = oneOf(world.stash.library.scenes.all(), place);
        if (scene === undefined) return;
        const input = {
          id: String(scene.id),
          title: title === null ? '' : `Scene ${scene.id}: ${title}`,
          details: title === null ? '' : `All about ${title} of ${scene.id}`,
          studio_id: studio === null ? null : String(studioId(world, `${studio} Films`)),
          tag_ids: tagIds(world, tags).map(String),
          performer_ids: performerIds(
            world,
            performers.map((name) => `${name} Doe`),
          ).map(String),
        };
        updateScenes([input], rulesOf(living));
        if (isTold) await world.trigger(scene.id);
      },
    ),
  );

const giveCover = fc.record({ place, picture: word, isTold }).map(({ place, picture, isTold }) =>
  command(`give scene ${place} the cover ${picture}${isTold ? ', told' : ''}`, async ({ world }) => {
    const scene = oneOf(world.stash.library.scenes.all(), place);
    if (scene === undefined) return;
    world.stash.library.setCover(scene, png(picture));
    if (isTold) await world.trigger(scene.id);
  }),
);

/** No hook tells of the one that vanishes. */
const mergeTwoScenes = fc.record({ place, other: place, isTold }).map(({ place, other, isTold }) =>
  command(`merge scene ${other} into ${place}${isTold ? ', told' : ''}`, async (living) => {
    const scenes = living.world.stash.library.scenes.all();
    const [into, from] = [place, other].map((each) => oneOf(scenes, each));
    if (into === undefined || from === undefined || into === from) return;
    for (const file of from.fileIds) living.expected.changesScene(file);
    mergeScenes({ source: ids([from]), destination: String(into.id) }, rulesOf(living));
    if (isTold) await living.world.trigger(into.id);
  }),
);

const destroyScene = fc.record({ place, isTold }).map(({ place, isTold }) =>
  command(`destroy scene ${place}${isTold ? ', told' : ''}`, async (living) => {
    const scene = oneOf(living.world.stash.library.scenes.all(), place);
    if (scene === undefined) return;
    for (const file of scene.fileIds) living.expected.changesScene(file);
    destroyScenes(ids([scene]), rulesOf(living));
    if (isTold) await living.world.trigger(scene.id);
  }),
);

/** A scan finds the file of a scene that was destroyed. */
const findAgain = fc.record({ place, isTold }).map(({ place, isTold }) =>
  command(`scan a file without a scene ${place}${isTold ? ', told' : ''}`, async (living) => {
    const { library } = living.world.stash;
    const free = library.files.all().filter(({ id }) => living.expected.sceneOf(id) === undefined);
    const file = oneOf(free, place);
    if (file === undefined) return;
    living.expected.changesScene(file.id);
    const scene = library.addScene({ fileIds: [file.id] });
    if (isTold) await living.world.trigger(scene.id);
  }),
);

const moveFile = fc
  .record({ place, folder: word, isRenamed: fc.boolean() })
  .map(({ place, folder, isRenamed }) =>
    command(`move file ${place} of Stash to ${folder}${isRenamed ? ' under another name' : ''}`, (living) => {
      const { library } = living.world.stash;
      const file = oneOf(library.files.all(), place);
      if (file === undefined) return;
      const basename = isRenamed ? { destination_basename: `${folder} ${path.basename(file.path)}` } : {};
      const request = { ids: ids([file]), destination_folder: `/data/${folder}`, ...basename };
      moveFiles(request, { library, libraryPaths: ['/data'] });
    }),
  );

const renameFolder = fc.record({ place, folder: word }).map(({ place, folder }) =>
  command(`rename the folder of file ${place} of Stash to ${folder}`, (living) => {
    const { library } = living.world.stash;
    const file = oneOf(library.files.all(), place);
    if (file === undefined) return;
    scanRenamedFolder(library, { from: path.dirname(file.path), to: `/data/renamed/${folder}` });
  }),
);

export const stashCommands: readonly fc.Arbitrary<Command>[] = [
  edit,
  edit,
  edit,
  edit,
  edit,
  giveCover,
  giveCover,
  mergeTwoScenes,
  destroyScene,
  findAgain,
  moveFile,
  renameFolder,
];
