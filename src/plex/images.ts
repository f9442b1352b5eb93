import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import type { RatingKey } from '../core/ids.ts';
import { IMAGE_KINDS, type PlexImage } from '../core/images/imageKind.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import type { AskPlex } from './askPlex.ts';
import { editTarget } from './editRequest.ts';
import { flag, text } from './lenient.ts';
import type { PlexClient } from './plexClient.ts';
import type { PlexProblem } from './plexFailure.ts';

type Images = Pick<PlexClient, 'images' | 'uploadImage' | 'selectImage' | 'lockImage'>;

/** Posters and backgrounds of one item (plex reference §3.6). */
export function createImages(ask: AskPlex, itemOrServer: (problem: PlexProblem) => Promise<Failure>): Images {
  const imageFailure = async (problem: PlexProblem): Promise<Failure> => {
    const failure = await itemOrServer(problem);
    if (problem.kind !== 'status' || failure.class !== 'rejected') return failure;
    if (problem.status === 404) return { ...failure, class: 'item-gone' };
    return problem.status === 413 ? { ...failure, advice: TOO_LARGE_FOR_PROXY } : failure;
  };
  const judged = async (sent: Result<void, PlexProblem>): Promise<Result<void>> =>
    sent.ok ? sent : fail(await imageFailure(sent.failure));
  return {
    async images({ ratingKey, kind }) {
      const answer = await ask.get(`${itemPath(ratingKey)}/${IMAGE_KINDS[kind].plexList}`);
      if (!answer.ok) return fail(await imageFailure(answer.failure));
      const list = v.safeParse(ImagesSchema, answer.value.container['Metadata']);
      if (list.success) return succeed((list.output ?? []).map(toImage));
      const message = `Plex sent images in an unknown shape: ${issueWords(list.issues)}: ${answer.value.description}`;
      return fail(await itemOrServer({ kind: 'senseless', message }));
    },
    uploadImage: async ({ ratingKey, kind, bytes }) =>
      judged(await ask.post(`${itemPath(ratingKey)}/${IMAGE_KINDS[kind].plexList}`, bytes)),
    selectImage: async ({ ratingKey, kind, key }) =>
      judged(
        await ask.put(`${itemPath(ratingKey)}/${IMAGE_KINDS[kind].plex}?url=${encodeURIComponent(key)}`),
      ),
    async lockImage({ section, ratingKey, kind, isLocked }) {
      const target = editTarget(section, ratingKey);
      const lock = `${IMAGE_KINDS[kind].lock}.locked=${isLocked ? 1 : 0}`;
      const path = `/library/sections/${target.section}/all?type=1&id=${target.ratingKey}&${lock}`;
      return judged(await ask.put(path));
    },
  };
}

/** Keys are checked where they come in; another one here is a bug of ours. */
function itemPath(ratingKey: RatingKey): string {
  if (!/^\d+$/.test(ratingKey)) throw new Error(`${JSON.stringify(ratingKey)} is no id of an item.`);
  return `/library/metadata/${ratingKey}`;
}

const ImagesSchema = v.nullish(v.array(v.object({ ratingKey: text, key: text, selected: flag })));

/** Some lists name an image by its address alone. */
const toImage = (image: { ratingKey: string; key: string; selected: boolean | null }): PlexImage => ({
  key: image.ratingKey === '' ? image.key : image.ratingKey,
  isSelected: image.selected === true,
});

const TOO_LARGE_FOR_PROXY =
  'A proxy before Plex takes no request of this length: raise its limit (nginx: client_max_body_size), or set plex_url to Plex itself.';
