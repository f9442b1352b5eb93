import * as v from 'valibot';
import type { Breaker } from '../../core/breaker.ts';
import { FAILURE_CLASSES, type Failure } from '../../core/failure.ts';
import { FIELD_NAMES, type FieldName, type FieldValue } from '../../core/field.ts';
import { ratingKey, sectionUuid } from '../../core/ids.ts';
import { IMAGE_KIND_NAMES, type ImageKind } from '../../core/images/imageKind.ts';
import type { Change } from '../../core/journalEntry.ts';
import { REASONS, type Reason } from '../../core/planning/plan.ts';

/** Schema number of the JSON in the bases, stored beside it. */
export const BASE_FORMAT = 1;
/** And of that in the journal. In format 1 nothing told whose a value or a lock was. */
export const JOURNAL_FORMAT = 2;

const FieldNameSchema = v.picklist(FIELD_NAMES);
const WrittenSchema = v.union([FieldNameSchema, v.picklist(IMAGE_KIND_NAMES)]);
const FieldValueSchema = v.union([v.string(), v.array(v.string())]);

const CandidateSchema = v.object({
  item: v.object({
    section: v.pipe(v.string(), v.transform(sectionUuid)),
    ratingKey: v.pipe(v.string(), v.transform(ratingKey)),
  }),
  title: v.string(),
  path: v.string(),
  size: v.nullable(v.number()),
  durationMs: v.nullable(v.number()),
});

const FailureSchema: v.GenericSchema<unknown, Failure> = v.object({
  class: v.picklist(FAILURE_CLASSES),
  message: v.string(),
  peer: v.exactOptional(v.picklist(['plex', 'stash'])),
  advice: v.exactOptional(v.string()),
  retryAfterMs: v.exactOptional(v.number()),
  candidates: v.exactOptional(v.array(CandidateSchema)),
});

const EntriesSchema = v.array(
  v.object({ name: v.string(), role: v.exactOptional(v.string()), thumb: v.exactOptional(v.string()) }),
);

const ChangesSchema: v.GenericSchema<unknown, Change[]> = v.array(
  v.object({
    field: WrittenSchema,
    before: FieldValueSchema,
    after: FieldValueSchema,
    wasLocked: v.boolean(),
    wasLockOurs: v.optional(v.boolean(), false),
    isLocked: v.optional(v.boolean(), true),
    ours: v.optional(
      v.object({ before: v.nullable(FieldValueSchema), after: v.nullable(FieldValueSchema) }),
      {
        before: null,
        after: null,
      },
    ),
    entries: v.optional(v.nullable(v.object({ before: EntriesSchema, after: EntriesSchema })), null),
    reason: v.picklist(Object.keys(REASONS) as Reason[]),
  }),
);

const BreakerSchema: v.GenericSchema<unknown, Breaker> = v.variant('state', [
  v.object({
    state: v.literal('closed'),
    failuresInRow: v.number(),
    reason: v.exactOptional(v.string()),
  }),
  v.object({
    state: v.literal('open'),
    openedAt: v.number(),
    probeAt: v.number(),
    opened: v.number(),
    reason: v.string(),
  }),
]);

export const parseFailure = (json: string): Failure => v.parse(FailureSchema, JSON.parse(json));
export const parseChanges = (json: string): readonly Change[] => v.parse(ChangesSchema, JSON.parse(json));
export const parseBreaker = (json: string): Breaker => v.parse(BreakerSchema, JSON.parse(json));
export const parseWritten = (name: string): FieldName | ImageKind => v.parse(WrittenSchema, name);
export const parseFieldName = (name: string): FieldName => v.parse(FieldNameSchema, name);
export const parseFieldValue = (json: string): FieldValue => v.parse(FieldValueSchema, JSON.parse(json));
