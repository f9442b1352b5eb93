import * as v from 'valibot';
import { compareIds, type SceneId, sceneId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import { issueWords } from '../http/issueWords.ts';
import { decodeScene, senseless } from './decodeScene.ts';
import { decodeStamps } from './decodeStamps.ts';
import * as documents from './documents.ts';
import type {
  ListedScene,
  NewestRequest,
  SceneIdRequest,
  SceneSearchRequest,
  Stamp,
  StashClient,
} from './stashClient.ts';
import { stashId } from './stashId.ts';
import type { DocumentFor, StashQuestions } from './stashQuestions.ts';

const NAMED_PER_PAGE = 200;

export async function newestScenes(
  questions: StashQuestions,
  { page, perPage }: NewestRequest,
): Promise<Result<readonly Stamp<SceneId>[]>> {
  const variables = { page: documents.newestFirst(page, perPage), which: {} };
  const found = await find(questions, () => documents.FIND_STAMPS, variables);
  return found.ok ? decodeStamps(found.value, 'the list of newest scenes', sceneId) : found;
}

export async function countScenes(questions: StashQuestions): Promise<Result<number>> {
  const answer = await questions.query(() => documents.COUNT_SCENES, {});
  if (!answer.ok) return answer;
  const parsed = v.safeParse(CountSchema, answer.value.data);
  if (parsed.success) return succeed(parsed.output.findScenes.count);
  return fail(senseless('the number of scenes', issueWords(parsed.issues)));
}

const CountSchema = v.object({ findScenes: v.object({ count: v.number() }) });

export async function sceneIdsAfter(
  questions: StashQuestions,
  request: SceneIdRequest,
): Promise<Result<readonly SceneId[]>> {
  const found = await find(questions, () => documents.FIND_IDS, pageAfter(request));
  return found.ok ? idsOf(found.value, request.after) : found;
}

export async function scenesAfter(
  questions: StashQuestions,
  { after, limit }: Parameters<StashClient['scenesAfter']>[0],
): Promise<Result<readonly ListedScene[]>> {
  const found = await find(questions, documents.findWholeScenes, {
    page: documents.pageById(limit),
    which: documents.afterId(after),
  });
  return found.ok ? listedScenes(found.value, after) : found;
}

/** Stash looks for words in titles, details and paths alike; what looks like a path is one, spaces and all. */
export async function searchScenes(
  questions: StashQuestions,
  { text, limit }: SceneSearchRequest,
): Promise<Result<readonly ListedScene[]>> {
  const isPath = /[/\\]/.test(text);
  const found = await find(questions, documents.findWholeScenes, {
    page: { ...documents.newestFirst(1, limit), ...(isPath || text === '' ? {} : { q: text }) },
    which: isPath ? documents.pathIncludes(text) : {},
  });
  return found.ok ? listedScenes(found.value, null) : found;
}

/** @param after they were asked for in the order of their ids, after this one; null: in another order */
function listedScenes(found: readonly unknown[], after: SceneId | null): Result<readonly ListedScene[]> {
  const ids = idsOf(found, after);
  if (!ids.ok) return ids;
  return succeed(
    ids.value.map((id, index) => {
      const scene = decodeScene(found[index]);
      return { id, scene: scene.ok ? scene.value : senseless(`scene ${id}`, scene.failure) };
    }),
  );
}

export async function sceneStampsAfter(
  questions: StashQuestions,
  request: SceneIdRequest,
): Promise<Result<readonly Stamp<SceneId>[]>> {
  const found = await find(questions, () => documents.FIND_STAMPS, pageAfter(request));
  if (!found.ok) return found;
  const ids = idsOf(found.value, request.after);
  return ids.ok ? decodeStamps(found.value, 'the list of scenes by id', sceneId) : ids;
}

const pageAfter = ({ after, limit, carrying }: SceneIdRequest): documents.Variables => ({
  page: documents.pageById(limit),
  which: {
    ...documents.afterId(after),
    ...(carrying === undefined ? {} : documents.carrying(carrying.kind, carrying.id)),
  },
});

export async function scenesWithFileNamed(
  questions: StashQuestions,
  basename: string,
): Promise<Result<readonly Scene[]>> {
  // Without a name the filter would find everything.
  if (basename === '') return succeed([]);
  const scenes: Scene[] = [];
  let after: SceneId | null = null;
  for (;;) {
    const found: Result<readonly unknown[]> = await find(questions, documents.findWholeScenes, {
      page: documents.pageById(NAMED_PER_PAGE),
      which: { ...documents.afterId(after), ...documents.pathIncludes(basename) },
    });
    if (!found.ok) return found;
    const ids = idsOf(found.value, after);
    if (!ids.ok) return ids;
    for (const raw of found.value) scenes.push(...sceneWithFile(raw, basename));
    if (found.value.length < NAMED_PER_PAGE) return succeed(scenes);
    after = ids.value.at(-1) ?? after;
  }
}

/** A scene that makes no sense is not offered as the owner of a file. */
function sceneWithFile(raw: unknown, basename: string): readonly Scene[] {
  const scene = decodeScene(raw);
  return scene.ok && scene.value.files.some((file) => file.basename === basename) ? [scene.value] : [];
}

async function find(
  questions: StashQuestions,
  documentFor: DocumentFor,
  variables: documents.Variables,
): Promise<Result<readonly unknown[]>> {
  const answer = await questions.query(documentFor, variables);
  if (!answer.ok) return answer;
  const parsed = v.safeParse(FoundSchema, answer.value.data);
  if (parsed.success) return succeed(parsed.output.findScenes.scenes);
  return fail(senseless('a list of scenes', issueWords(parsed.issues)));
}

const FoundSchema = v.object({ findScenes: v.object({ scenes: v.array(v.unknown()) }) });

/** The ids of a page. One that does not go on behind `after` would be asked for again and again. */
function idsOf(found: readonly unknown[], after: SceneId | null): Result<readonly SceneId[]> {
  const parsed = v.safeParse(v.array(v.object({ id: stashId })), found);
  if (!parsed.success) return fail(senseless('a list of scenes', issueWords(parsed.issues)));
  const ids = parsed.output.map((scene) => sceneId(scene.id));
  const last = ids.at(-1) ?? null;
  if (after === null || last === null || compareIds(last, after) > 0) return succeed(ids);
  return fail(senseless('a list of scenes', `asked for those after ${after}, it ends with ${last}`));
}
