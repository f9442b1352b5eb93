import * as v from 'valibot';
import type { EntityId, SceneId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import { senseless } from './decodeScene.ts';
import type { Stamp } from './stashClient.ts';
import { stashId } from './stashId.ts';

const StampsSchema = v.array(v.object({ id: stashId, updated_at: v.string() }));

export function decodeStamps<Id extends SceneId | EntityId>(
  raw: unknown,
  what: string,
  toId: (id: string) => Id,
): Result<readonly Stamp<Id>[]> {
  const parsed = v.safeParse(StampsSchema, raw);
  if (!parsed.success) return fail(senseless(what, issueWords(parsed.issues)));
  return succeed(parsed.output.map(({ id, updated_at }) => ({ id: toId(id), updatedAt: updated_at })));
}
