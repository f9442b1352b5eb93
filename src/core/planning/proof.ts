import type { FieldName, FieldValue } from '../field.ts';
import { hasArrived, isSameText, type MergeSettings } from './arrival.ts';
import type { Base, BaseByField } from './plan.ts';
import { type FieldSides, type ListSides, type Sides, sidesOf, type TextSides } from './sides.ts';

export interface ProofRequest extends Sides {
  readonly settings: MergeSettings;
  /** Whether Plex has had its time: what it does not show now, it did not take. */
  readonly isWaitOver: boolean;
}

/** What a detailed read of an item says about what we wrote there. */
export interface Proof {
  /** Bases that are to be replaced. */
  readonly arrived: Partial<Record<FieldName, Base>>;
  /** Fields whose edit did not arrive. A list that arrived in part is in `arrived` too, with that part. */
  readonly givenUp: readonly FieldName[];
  readonly awaited: readonly FieldName[];
  /** The bases as they are once this is stored. */
  readonly bases: BaseByField;
}

/**
 * To be asked of every detailed read. It closes edits that were open, and notes what both sides have come
 * to agree on since, so that the next change on one side is known for what it is.
 */
export function proveItem(request: ProofRequest): Proof {
  const bases: Partial<Record<FieldName, Base>> = { ...request.bases };
  const arrived: Partial<Record<FieldName, Base>> = {};
  const givenUp: FieldName[] = [];
  const awaited: FieldName[] = [];
  for (const sides of sidesOf(request)) {
    const { field } = sides;
    const before = bases[field];
    if (before === undefined) continue;
    const state = sentStateOf(sides, request);
    if (state === 'awaited') {
      awaited.push(field);
      continue;
    }
    if (state === 'given-up') givenUp.push(field);
    const after: Base = { ...before, value: settledValue(sides, state), intended: null };
    if (state === 'arrived' || !isSameValue(after.value, before.value)) arrived[field] = after;
    bases[field] = after;
  }
  return { arrived, givenUp, awaited, bases };
}

type SentState = 'nothing' | 'arrived' | 'awaited' | 'given-up';

function sentStateOf(sides: FieldSides, { settings, isWaitOver }: ProofRequest): SentState {
  if (sides.sent === null) return 'nothing';
  if (hasArrived(sides, settings)) return 'arrived';
  return isWaitOver ? 'given-up' : 'awaited';
}

type SettledState = Exclude<SentState, 'awaited'>;

const settledValue = (sides: FieldSides, state: SettledState): FieldValue | null =>
  sides.kind === 'text' ? settledText(sides, state) : settledNames(sides, state);

function settledText({ field, ours, theirs, written, sent }: TextSides, state: SettledState): string | null {
  const value = state === 'arrived' ? sent : written;
  return value !== null && isSameText(field, ours, theirs) ? ours : value;
}

/**
 * Ours are the entries of ours that Plex shows, and those that Stash still has after a person took them out
 * of Plex. What neither side has any more is forgotten: whoever adds it next owns it.
 */
function settledNames(sides: ListSides, state: SettledState): readonly string[] | null {
  const { ours, theirs, written, sent } = sides;
  const candidates = new Map([
    ...(state === 'arrived' ? [] : (written ?? [])),
    ...(state === 'nothing' ? [] : (sent ?? [])),
  ]);
  const settled = [...candidates].filter(
    ([key]) => theirs.has(key) || (ours.has(key) && written?.has(key) === true),
  );
  if (written === null && state !== 'arrived' && settled.length === 0) return null;
  return settled.map(([, name]) => name);
}

const isSameValue = (one: FieldValue | null, other: FieldValue | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
