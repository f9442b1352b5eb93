import * as v from 'valibot';
import { isStashId } from '../core/ids.ts';

/** Stash sends ids as texts in GraphQL and as numbers to hooks; both are autoincrements from 1 on. */
export const stashId = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.check(isStashId, 'not an id'),
);
