import { createHttpClient } from '../http/request.ts';
import type { SceneExtras } from './documents.ts';
import { entityStamp, newestEntities } from './findEntities.ts';
import {
  countScenes,
  newestScenes,
  sceneIdsAfter,
  sceneStampsAfter,
  scenesAfter,
  scenesWithFileNamed,
} from './findScenes.ts';
import { tagsBelow } from './findTags.ts';
import { createAskStash } from './graphql.ts';
import { readScenes } from './readScenes.ts';
import type { StashSignIn } from './signIn.ts';
import type { StashClient } from './stashClient.ts';
import { createStashQuestions } from './stashQuestions.ts';

export interface StashClientOptions {
  readonly url: string;
  readonly signIn: StashSignIn;
  readonly extras: SceneExtras;
  readonly tlsVerify: boolean;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly cutOff?: AbortSignal;
}

export function createStashClient({ signIn, extras, ...peer }: StashClientOptions): StashClient {
  const questions = createStashQuestions(
    createAskStash(createHttpClient({ name: 'Stash', ...peer }), signIn),
    extras,
  );
  return {
    probe: questions.probe,
    readScenes: (ids) => readScenes(questions, ids),
    countScenes: () => countScenes(questions),
    plugins: questions.plugins,
    newestScenes: (request) => newestScenes(questions, request),
    sceneStampsAfter: (request) => sceneStampsAfter(questions, request),
    newestEntities: (kind, request) => newestEntities(questions, kind, request),
    entityStamp: (kind, id) => entityStamp(questions, kind, id),
    sceneIdsAfter: (request) => sceneIdsAfter(questions, request),
    scenesAfter: (request) => scenesAfter(questions, request),
    tagsBelow: (names) => tagsBelow(questions, names),
    scenesWithFileNamed: (basename) => scenesWithFileNamed(questions, basename),
  };
}
