import { type Command, InvalidArgumentError } from 'commander';
import { type RatingKey, ratingKey, type SceneId } from '../../core/ids.ts';
import { NOT_PINNED, pinnedWords, unpinnedWords } from '../../engine/words/pinWords.ts';
import { parseSceneId } from '../arguments.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Run, valueOf } from '../run.ts';

export function addPinCommand(program: Command, run: Run): void {
  program
    .command('pin')
    .description('choose which item of Plex a scene is')
    .argument('<scene>', 'the scene by its id in Stash', parseSceneId)
    .argument('<item>', 'the item, as `plexsync dead` names it', parseRatingKey)
    .action((scene: SceneId, key: RatingKey) =>
      run.withOperations(async (session) => {
        const item = { section: null, ratingKey: key };
        const pinned = valueOf(await session.operations.pin({ scene, item }));
        const words = pinnedWords(scene, key, pinned);
        return answerQueued(session, { counts: pinned, words });
      }),
    );
}

export function addUnpinCommand(program: Command, run: Run): void {
  program
    .command('unpin')
    .description('let evidence decide again which item a scene is')
    .argument('<scene>', 'the scene by its id in Stash', parseSceneId)
    .action((scene: SceneId) =>
      run.withOperations(async (session) => {
        const unpinned = await session.operations.unpin({ scene });
        if (!unpinned.wasPinned) return { json: unpinned, text: NOT_PINNED };
        return answerQueued(session, { counts: unpinned, words: unpinnedWords(scene) });
      }),
    );
}

function parseRatingKey(text: string): RatingKey {
  if (/^\d+$/.test(text)) return ratingKey(text);
  throw new InvalidArgumentError('An item is a whole number: Plex calls it the rating key.');
}
