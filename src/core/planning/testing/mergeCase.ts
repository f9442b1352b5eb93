import { FIELDS, type FieldName, type FieldValue } from '../../field.ts';
import type { Item } from '../../item.ts';
import type { MergeSettings } from '../arrival.ts';
import { decide } from '../merge.ts';
import type { Base, FieldDecision } from '../plan.ts';
import { type Proof, proveItem } from '../proof.ts';
import { type Sides, sidesOf } from '../sides.ts';
import { sampleItem } from './samples.ts';

/** One field of a scene and an item that say nothing else. */
export interface MergeCase {
  readonly field: FieldName;
  readonly ours: FieldValue;
  readonly theirs: FieldValue | Item['actors'];
  readonly base?: Partial<Base>;
  readonly isLocked?: boolean;
  /** The default settings when not told. */
  readonly settings?: Partial<MergeSettings>;
}

export const preserve = { preservePlexEdits: true };
export const remove = { foreignEntries: 'remove' } as const;

export function decideCase(of: MergeCase, { isAwaiting = false } = {}): FieldDecision {
  const sides = sidesOf(sidesOfCase(of)).find(({ field }) => field === of.field);
  if (sides === undefined) throw new Error(`no sides of ${of.field}`);
  return decide(sides, { ...settingsOf(of), isAwaiting });
}

export const proveCase = (of: MergeCase, { isWaitOver = false } = {}): Proof =>
  proveItem({ ...sidesOfCase(of), settings: settingsOf(of), isWaitOver });

const settingsOf = (of: MergeCase): MergeSettings => ({
  preservePlexEdits: false,
  foreignEntries: 'keep',
  locksFields: true,
  ...of.settings,
});

function sidesOfCase({ field, ours, theirs, base, isLocked }: MergeCase): Sides {
  return {
    desired: { [field]: ours },
    item: sampleItem({ [field]: theirs, lockedFields: new Set(isLocked ? [FIELDS[field].plex] : []) }),
    bases: base === undefined ? {} : { [field]: { value: null, intended: null, isLockOurs: false, ...base } },
  };
}
