import * as v from 'valibot';
import type { StashPlugin } from '../core/otherWriters.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import { senseless } from './decodeScene.ts';
import { PLUGINS } from './documents.ts';
import { type AskStash, failureOf } from './graphql.ts';

/** An older Stash refuses the question; that is a refusal like others, since nothing depends on the answer. */
export async function readPlugins(ask: AskStash): Promise<Result<readonly StashPlugin[]>> {
  const answer = await ask(PLUGINS);
  if (!answer.ok) return answer;
  const failure = failureOf(answer.value);
  if (failure !== null) return fail(failure);
  const parsed = v.safeParse(PluginsSchema, answer.value.data);
  if (!parsed.success) return fail(senseless('the list of plugins', issueWords(parsed.issues)));
  return succeed(parsed.output.plugins ?? []);
}

const PluginsSchema = v.object({
  plugins: v.nullish(v.array(v.object({ id: v.string(), name: v.string(), enabled: v.boolean() }))),
});
