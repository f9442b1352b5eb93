import { adviceOf } from '../../core/failure.ts';
import { writeName } from '../../core/journalEntry.ts';
import { counted } from '../../core/quantityInWords.ts';
import type { UndoReport } from '../../store/undos.ts';
import type { PlannedFieldUndo, PlannedUndo, UndoAsked, UndoPlan } from '../undoOperations.ts';

export const UNDO_OUTCOMES = {
  back: 'put back',
  same: 'is so already',
  left: 'changed since: stays',
} as const satisfies Record<PlannedFieldUndo['outcome'], string>;

export const NOTHING_TO_UNDO = 'Nothing is left to be undone there.';

export const undoPlanWords = ({ writes, scenes }: UndoPlan): string =>
  `${counted(writes, 'write')} to ${counted(scenes, 'scene')} would be undone, and the scenes held:`;

/** How many scenes the plan is about and does not show. */
export const scenesNotShown = ({ scenes, shown }: UndoPlan): number =>
  scenes - new Set(shown.map(({ sceneId }) => sceneId)).size;

/** What heads the fields of one item, or all that is to be said of it. */
export function plannedUndoWords({ sceneId, item, itemTitle, writes, failure }: PlannedUndo): string {
  const names = writes.map(writeName).join(', ');
  return failure === null
    ? `Scene ${sceneId} → item ${item.ratingKey} "${itemTitle}" (${names})`
    : `Scene ${sceneId} → item ${item.ratingKey} (${names}): cannot be undone. ${failure.message} ${adviceOf(failure)}`;
}

export const undoneWords = (
  { writes, scenes }: Omit<UndoAsked, 'askedAt'>,
  { left }: Pick<UndoReport, 'left'>,
): string =>
  `${counted(writes, 'write')} to ${counted(scenes, 'scene')} undone${left === 0 ? '' : `, ${counted(left, 'write')} of them not whole`}.`;

export const undoNoteWords = ({ write, scene, words }: UndoReport['notes'][number]): string =>
  `${writeName(write)} (scene ${scene}): ${words}`;

export const heldAfterUndoWords = (scenes: number): string =>
  `Nothing is written for ${scenes === 1 ? 'the scene' : 'these scenes'} until you release ${scenes === 1 ? 'it' : 'them'}`;
