import { isStashId, ratingKey, type SceneId, sceneId, sectionUuid } from '../../../../../core/ids.ts';
import { fail, type Result, succeed } from '../../../../../core/result.ts';
import { failureWords } from '../../../../../core/words/failureWords.ts';
import { heldWords, NONE_HELD, releasedWords } from '../../../../../core/words/holdWords.ts';
import type { Operations } from '../../../../../engine/operations.ts';
import { NOT_PINNED, pinnedWords, unpinnedWords } from '../../../../../engine/words/pinWords.ts';
import { queuedWords } from '../../../../../engine/words/queuedWords.ts';
import type { Dashboard } from '../../dashboard.ts';
import { formOf } from '../../formOf.ts';
import { wayBack } from '../../signIn/signInPage.ts';

type Done = Promise<Result<string, string>>;
type Act = (id: SceneId, form: URLSearchParams, operations: Operations) => Done;

/** What can be done with one scene: `POST /scenes/42/pin`. Each comes back to where it was pressed. */
const ACTS: Readonly<Record<string, Act>> = {
  pin: async (id, form, operations) => {
    const [key, section] = [form.get('key') ?? '', form.get('section') ?? ''];
    if (!/^\d+$/.test(key)) return fail(NO_KEY);
    const item = { ratingKey: ratingKey(key), section: section === '' ? null : sectionUuid(section) };
    const pinned = await operations.pin({ scene: id, item });
    if (!pinned.ok) return fail(failureWords(pinned.failure));
    return succeed(await queued(pinnedWords(id, item.ratingKey, pinned.value), operations));
  },
  unpin: async (id, _, operations) => {
    const { wasPinned } = await operations.unpin({ scene: id });
    return succeed(wasPinned ? await queued(unpinnedWords(id), operations) : NOT_PINNED);
  },
  hold: async (id, form, operations) => {
    const { held } = await operations.hold({ scenes: [id], reason: (form.get('reason') ?? '').trim() });
    return succeed(`${heldWords(held, 1)}: nothing is written until you release it.`);
  },
  release: async (id, _, operations) => {
    const { released } = await operations.release({ kind: 'scenes', scenes: [id] });
    return succeed(
      released.length === 0 ? NONE_HELD : await queued(releasedWords(released.length), operations),
    );
  },
  sync: async (id, _, operations) => {
    const asked = await operations.sync({ kind: 'scenes', scenes: [id] });
    return asked.ok
      ? succeed(await queued(`Scene ${id} queued`, operations))
      : fail(failureWords(asked.failure));
  },
};

const NO_KEY =
  'An item is a whole number: Plex calls it the rating key, and it stands in the address of the item, behind “metadata%2F”.';

const queued = async (words: string, operations: Operations): Promise<string> =>
  queuedWords(words, await operations.status());

export function addSceneActions({ app, parts: { operations }, act }: Dashboard): void {
  for (const [name, perform] of Object.entries(ACTS)) {
    app.post(`/scenes/:id{[0-9]+}/${name}`, async (context) => {
      const id = context.req.param('id');
      const form = await formOf(context);
      return act(context, wayBack(form.get('to') ?? `/scenes/${id}`), () =>
        isStashId(id) ? perform(sceneId(id), form, operations) : Promise.resolve(fail('That is no scene.')),
      );
    });
  }
}
