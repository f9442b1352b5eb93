import { fail, succeed } from '../core/result.ts';
import { createHttpClient } from '../http/request.ts';
import type { EndedRequest } from '../http/requestOutcome.ts';
import { sentAt } from '../http/sentAt.ts';
import { createCovers } from './cover.ts';
import type { SceneExtras } from './documents.ts';
import { entityStamp, newestEntities } from './findEntities.ts';
import {
  countScenes,
  newestScenes,
  sceneIdsAfter,
  sceneStampsAfter,
  scenesAfter,
  scenesWithFileNamed,
  searchScenes,
} from './findScenes.ts';
import { tagsBelow } from './findTags.ts';
import { createAskStash } from './graphql.ts';
import { readScenes } from './readScenes.ts';
import { signedIn } from './signedIn.ts';
import type { StashSignIn } from './signIn.ts';
import type { StashClient } from './stashClient.ts';
import { stashFailure } from './stashFailure.ts';
import { createStashQuestions } from './stashQuestions.ts';

const SMALL_BYTES = 64 * 1024;

export interface StashClientOptions {
  readonly url: string;
  readonly signIn: StashSignIn;
  readonly extras: SceneExtras;
  readonly tlsVerify: boolean;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly cutOff?: AbortSignal;
  readonly onEnded?: (request: EndedRequest) => void;
}

export function createStashClient({ signIn, extras, ...peer }: StashClientOptions): StashClient {
  const http = createHttpClient({ name: 'Stash', ...peer });
  const questions = createStashQuestions(createAskStash(http, signIn), extras);
  const covers = createCovers(signedIn(http, signIn), { advice: signIn.advice, probe: questions.probe });
  return {
    probe: questions.probe,
    async serverTime() {
      // Answered without sign-in, and by no database.
      const answer = await http({ method: 'GET', path: '/healthz', maxBytes: SMALL_BYTES, isRead: true });
      return answer.ok
        ? succeed(sentAt(answer.value.headers))
        : fail(stashFailure(answer.failure, signIn.advice));
    },
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
    searchScenes: (request) => searchScenes(questions, request),
    ...covers,
  };
}
