import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import { decodeScene, senseless } from './decodeScene.ts';
import { aliasOf, idVariables, readScenesDocument } from './documents.ts';
import { type GraphqlAnswer, refusal } from './graphql.ts';
import { stashId } from './stashId.ts';
import type { StashQuestions } from './stashQuestions.ts';

/** Stash looks each scene up by itself, and answers when it has all. */
const SCENES_PER_REQUEST = 100;

export async function readScenes(
  questions: StashQuestions,
  ids: readonly SceneId[],
): Promise<Result<ReadonlyMap<SceneId, Scene | null | Failure>>> {
  const scenes = new Map<SceneId, Scene | null | Failure>();
  const wanted = [...new Set(ids.map(checked))];
  for (let start = 0; start < wanted.length; start += SCENES_PER_REQUEST) {
    const chunk = wanted.slice(start, start + SCENES_PER_REQUEST);
    const answer = await questions.query(
      (known) => readScenesDocument(chunk.length, known),
      idVariables(chunk),
    );
    if (!answer.ok) return answer;
    for (const [index, id] of chunk.entries()) scenes.set(id, sceneAt(answer.value, index, id));
  }
  return succeed(scenes);
}

/** Ids are checked where they come in; another one here is a bug of ours. */
function checked(id: SceneId): SceneId {
  if (!v.is(stashId, id)) throw new Error(`${JSON.stringify(id)} is no scene id.`);
  return id;
}

function sceneAt(answer: GraphqlAnswer, index: number, id: SceneId): Scene | null | Failure {
  const alias = aliasOf(index);
  const error = answer.errors.find((each) => each.path[0] === alias);
  if (error !== undefined) return refusal(error);
  const raw = answer.data?.[alias] ?? null;
  if (raw === null) return null;
  const scene = decodeScene(raw);
  if (!scene.ok) return senseless(`scene ${id}`, scene.failure);
  return scene.value.id === id ? scene.value : senseless(`scene ${id}`, `it came as scene ${scene.value.id}`);
}
