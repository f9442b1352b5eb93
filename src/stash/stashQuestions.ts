import type { Failure } from '../core/failure.ts';
import type { StashPlugin } from '../core/otherWriters.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { ASSUMED_FEATURES, type SceneExtras, type SceneKnowledge, type Variables } from './documents.ts';
import { type AskStash, failureOf, type GraphqlAnswer, isWrongDocument, refusal } from './graphql.ts';
import { probeStash } from './probe.ts';
import { readPlugins } from './readPlugins.ts';

export type DocumentFor = (known: SceneKnowledge) => string;

export interface StashQuestions {
  readonly probe: () => Promise<Result<{ readonly version: string }>>;
  readonly plugins: () => Promise<Result<readonly StashPlugin[]>>;
  /** Data, be it in part; a question that failed as a whole is a failure. */
  query(documentFor: DocumentFor, variables: Variables): Promise<Result<GraphqlAnswer>>;
}

/** Asks for what this Stash knows; when it refuses a document, learns what it knows and asks once more. */
export function createStashQuestions(ask: AskStash, extras: SceneExtras): StashQuestions {
  let features = ASSUMED_FEATURES;

  const probe = async (): Promise<Result<{ readonly version: string }>> => {
    const probed = await probeStash(ask);
    if (!probed.ok) return probed;
    features = probed.value.features;
    return succeed({ version: probed.value.version });
  };

  return {
    probe,
    plugins: () => readPlugins(ask),
    async query(documentFor, variables) {
      let answer = await ask(documentFor({ ...features, ...extras }), variables);
      if (answer.ok && isWrongDocument(answer.value)) {
        const learned = await probe();
        if (!learned.ok) return learned;
        answer = await ask(documentFor({ ...features, ...extras }), variables);
        if (answer.ok && isWrongDocument(answer.value)) return fail(notUnderstood(answer.value));
      }
      if (!answer.ok) return answer;
      const failure = failureOf(answer.value);
      return failure === null ? answer : fail(failure);
    },
  };
}

const notUnderstood = (answer: GraphqlAnswer): Failure => ({
  ...refusal(answer.errors[0]),
  class: 'settings',
  advice: 'This version of Stash is unknown to PlexSync: look for a newer PlexSync, or report it.',
});
