import type { TextFieldName } from '../field.ts';
import type { Item } from '../item.ts';
import { isSameText } from '../planning/arrival.ts';
import type { UndoRules } from './fieldState.ts';

/** A text goes back as a whole: what Plex holds is either what we wrote, or somebody else's by now. */
export const undoText = (field: TextFieldName, { title }: Pick<Item, 'title'>): UndoRules<string> => ({
  read: (item) => item[field],

  undo({ value }, { change: { before, after, ours }, isForced }) {
    if (typeof before !== 'string' || typeof after !== 'string') return null;
    // Plex leaves out a sort title that is the title’s own (plex reference §8.19).
    const isLeftOut = field === 'titleSort' && value === '';
    const isHeld = (text: string): boolean =>
      isSameText(field, text, value) || (isLeftOut && isSameText(field, text, title));
    // It never arrived, or was put back before, perhaps by us before a crash.
    if (value !== after && isHeld(before)) return { value, ours: ours.before };
    return isForced || isHeld(after) ? { value: before, ours: ours.before } : null;
  },

  edit: (from, to) =>
    from.value === to.value && from.isLocked === to.isLocked
      ? null
      : { kind: 'text', field, value: to.value, lock: to.isLocked },

  shown: (value) => value,
  entries: () => [],
});
