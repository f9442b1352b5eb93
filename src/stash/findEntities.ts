import * as v from 'valibot';
import { type EntityId, entityId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { EntityKind } from '../core/scene.ts';
import { senseless } from './decodeScene.ts';
import { decodeStamps } from './decodeStamps.ts';
import * as documents from './documents.ts';
import type { NewestRequest, Stamp } from './stashClient.ts';
import type { StashQuestions } from './stashQuestions.ts';

/** Lists hold at most a page; whatever else an answer may be is told apart here. */
const FoundSchema = v.object({ found: v.object({ entities: v.array(v.unknown()) }) });
const OneSchema = v.object({ entity: v.nullable(v.unknown()) });

export async function newestEntities(
  questions: StashQuestions,
  kind: EntityKind,
  { page, perPage }: NewestRequest,
): Promise<Result<readonly Stamp<EntityId>[]>> {
  const answer = await questions.query(() => documents.newestEntitiesDocument(kind), {
    page: documents.newestFirst(page, perPage),
  });
  if (!answer.ok) return answer;
  const what = `the list of newest ${kind}s`;
  const parsed = v.safeParse(FoundSchema, answer.value.data);
  if (!parsed.success) return fail(senseless(what, 'it is no list'));
  return decodeStamps(parsed.output.found.entities, what, entityId);
}

export async function entityStamp(
  questions: StashQuestions,
  kind: EntityKind,
  id: EntityId,
): Promise<Result<string | null>> {
  const answer = await questions.query(() => documents.entityStampDocument(kind), { id });
  if (!answer.ok) return answer;
  const what = `${kind} ${id}`;
  const parsed = v.safeParse(OneSchema, answer.value.data);
  if (!parsed.success) return fail(senseless(what, 'it is neither there nor gone'));
  if (parsed.output.entity === null) return succeed(null);
  const stamps = decodeStamps([parsed.output.entity], what, entityId);
  return stamps.ok ? succeed(stamps.value[0]?.updatedAt ?? null) : stamps;
}
