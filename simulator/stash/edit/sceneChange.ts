import { readId } from '../find/relatedIds.ts';
import type { Library } from '../model/library.ts';
import type { New, SceneGroupRow, SceneRow } from '../model/rows.ts';
import type { Table } from '../model/table.ts';

/** `SceneUpdateInput` of the schema: what is absent stays, what is null is cleared. */
export interface SceneInput {
  readonly title?: string | null;
  readonly code?: string | null;
  readonly details?: string | null;
  readonly director?: string | null;
  readonly urls?: readonly string[] | null;
  readonly date?: string | null;
  readonly rating100?: number | null;
  readonly organized?: boolean | null;
  readonly studio_id?: string | null;
  readonly performer_ids?: readonly string[] | null;
  readonly groups?: readonly { readonly group_id: string; readonly scene_index?: number | null }[] | null;
  readonly tag_ids?: readonly string[] | null;
}

export type SceneChange = Partial<New<SceneRow>>;

export interface ChangeRules {
  readonly library: Library;
  /** `2024` and `2024-05` are dates, since Stash 0.30. */
  readonly hasPartialDates: boolean;
}

/** What the input asks for; throws what Stash refuses, before anything has changed. */
export function sceneChange(input: SceneInput, rules: ChangeRules): SceneChange {
  const { library } = rules;
  const change: SceneChange = {};
  for (const field of ['title', 'code', 'details', 'director'] as const) {
    const text = input[field];
    if (text !== undefined) change[field] = (text ?? '').trim();
  }
  if (input.urls !== undefined) change.urls = input.urls ?? [];
  if (input.date !== undefined) change.date = readDate(input.date, rules);
  // Stash does not check the range (stash reference §3.3).
  if (input.rating100 !== undefined) change.rating100 = input.rating100;
  if (input.organized === null)
    throw new Error('Internal system error. Error <null value not allowed in optional bool>');
  if (input.organized !== undefined) change.organized = input.organized;
  if (input.studio_id !== undefined) change.studioId = readReference(input.studio_id, library.studios);
  if (input.performer_ids !== undefined) change.performerIds = performers(input.performer_ids ?? [], library);
  if (input.tag_ids !== undefined) change.tagIds = readReferences(input.tag_ids ?? [], library.tags);
  if (input.groups !== undefined) change.groups = readGroups(input.groups ?? [], library);
  return change;
}

/** `ADD`, `REMOVE` or `SET` of a bulk edit. */
export interface BulkChange<Value> {
  readonly mode: 'SET' | 'ADD' | 'REMOVE';
  readonly values: readonly Value[];
}

export function bulkApply<Value>(
  current: readonly Value[],
  { mode, values }: BulkChange<Value>,
): readonly Value[] {
  switch (mode) {
    case 'SET':
      return unique(values);
    case 'ADD':
      return unique([...current, ...values]);
    case 'REMOVE':
      return current.filter((value) => !values.includes(value));
  }
}

export function readReferences(
  ids: readonly string[],
  table: Table<{ readonly id: number }>,
): readonly number[] {
  return unique(ids.map((id) => requireReference(readId(id), table)));
}

/** Stash lists the performers of a scene by id, whatever the order they came in. */
export function performers(ids: readonly string[], library: Library): readonly number[] {
  return readReferences(ids, library.performers).toSorted((a, b) => a - b);
}

function readReference(id: string | null, table: Table<{ readonly id: number }>): number | null {
  return id === null ? null : requireReference(readId(id), table);
}

function readGroups(groups: NonNullable<SceneInput['groups']>, library: Library): readonly SceneGroupRow[] {
  return groups.map(({ group_id, scene_index }) => ({
    groupId: requireReference(readId(group_id), library.groups),
    sceneIndex: scene_index ?? null,
  }));
}

function requireReference(id: number, table: Table<{ readonly id: number }>): number {
  if (table.get(id) === undefined)
    throw new Error(`error executing a change of ${table.name}: FOREIGN KEY constraint failed`);
  return id;
}

function readDate(date: string | null, { hasPartialDates }: ChangeRules): string | null {
  if (date === null || date === '') return null;
  const full = /^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(date) && new Date(date).toJSON()?.startsWith(date);
  const isPartial = hasPartialDates && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(date);
  if (!full && !isPartial) throw new Error(`converting date: failed to parse date "${date}"`);
  return date;
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
