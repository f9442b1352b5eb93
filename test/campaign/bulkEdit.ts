import { askStash } from '../../simulator/stash/askStash.ts';
import type { BothServers } from '../processes/startBothServers.ts';

/**
 * Gives scenes a new tag, as a person does on Stash's own page: through its GraphQL, which runs hook.sh for each scene
 * and answers when all have ended.
 */
export async function bulkEdit(
  { stash, scene }: BothServers,
  numbers: readonly number[],
  tagName: string,
): Promise<void> {
  const tag = stash.library.addTag({ name: tagName });
  const ids = numbers.map((number) => scene(number).id).join();
  const input = `{ ids: [${ids}], tag_ids: { ids: [${tag.id}], mode: ADD } }`;
  const query = `mutation { bulkSceneUpdate(input: ${input}) { id } }`;
  const { errors } = await askStash(stash.url, { query });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}
