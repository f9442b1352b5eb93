import * as v from 'valibot';
import { type EntityId, entityId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { foldName } from '../core/text.ts';
import { issueWords } from '../http/issueWords.ts';
import { senseless } from './decodeScene.ts';
import { TAGS_BELOW, TAGS_NAMED, type Variables } from './documents.ts';
import { stashId } from './stashId.ts';
import type { StashQuestions } from './stashQuestions.ts';

export async function tagsBelow(
  questions: StashQuestions,
  names: readonly string[],
): Promise<Result<ReadonlySet<EntityId>>> {
  const ids: EntityId[] = [];
  for (const name of names) {
    const named = await find(questions, TAGS_NAMED, { name });
    if (!named.ok) return named;
    for (const tag of named.value) if (foldName(tag.name) === foldName(name)) ids.push(tag.id);
  }
  // Without an id the filter would find everything.
  if (ids.length === 0) return succeed(new Set());
  const below = await find(questions, TAGS_BELOW, { ids });
  return below.ok ? succeed(new Set(below.value.map(({ id }) => id))) : below;
}

const FoundSchema = v.object({
  found: v.object({
    entities: v.array(v.object({ id: v.pipe(stashId, v.transform(entityId)), name: v.string() })),
  }),
});

async function find(
  questions: StashQuestions,
  document: string,
  variables: Variables,
): Promise<Result<v.InferOutput<typeof FoundSchema>['found']['entities']>> {
  const answer = await questions.query(() => document, variables);
  if (!answer.ok) return answer;
  const parsed = v.safeParse(FoundSchema, answer.value.data);
  if (parsed.success) return succeed(parsed.output.found.entities);
  return fail(senseless('a list of tags', issueWords(parsed.issues)));
}
