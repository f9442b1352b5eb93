import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_NAMES, FIELDS, type FieldName, isListField, type TextFieldName } from '../field.ts';
import { isImageKind } from '../images/imageKind.ts';
import type { Item } from '../item.ts';
import type { Change } from '../journalEntry.ts';
import { entriesOf } from '../listEntries.ts';
import { isSameText } from '../planning/arrival.ts';
import type { BaseByField } from '../planning/plan.ts';
import {
  anySettings,
  bases,
  itemFrom,
  LIST_FIELDS,
  namesOf,
  TEXT_FIELDS,
  tagWrite,
  WORDS,
  worldFrom,
} from '../planning/testing/arbitraries.ts';
import { applyEdits, type TagWrite } from '../planning/testing/plexModel.ts';
import { type LookOptions, look, type World } from '../planning/testing/world.ts';
import { writtenChange } from '../planning/writtenChange.ts';
import { foldName } from '../text.ts';
import { basesAfterUndo, editsOfUndo, undoItem, type WriteToUndo } from './undoItem.ts';

type Options = Pick<LookOptions, 'settings' | 'tagWrite'>;
interface Written {
  readonly world: World;
  readonly write: WriteToUndo;
}

const settled = { sight: 'settled' } as const;

/** A world in which nothing is open: what was sent before is proven or given up. */
const atRest = (world: World, options: Options): World => ({
  ...world,
  bases: look(world, { ...options, ...settled }).proof.bases,
});

/** One ordinary write, and what the journal keeps of it. */
function write(world: World, options: Options): Written {
  const looked = look(world, { ...options, ...settled });
  const changes = looked.plan.decisions.flatMap((decision) => {
    const { edit } = decision;
    const base = looked.proof.bases[decision.field];
    return edit === null ? [] : [writtenChange({ ...decision, edit }, { item: world.shown, base })];
  });
  return { world: atRest(seen(looked.world), options), write: writeOf(1, changes) };
}

const seen = (world: World): World => ({ ...world, shown: world.held });

const writeOf = (id: number, changes: readonly Change[]): WriteToUndo => ({
  entry: { id, changes, undone: [] },
  isForced: false,
});

function undo(world: World, writes: readonly WriteToUndo[], writes2: TagWrite): Written {
  const fields = undoItem({ item: world.held, bases: world.bases, writes });
  const held = applyEdits(world.held, editsOfUndo(fields), writes2);
  const after = seen({ ...world, held, bases: { ...world.bases, ...basesAfterUndo(fields) } });
  const sent = fields.filter(({ edit }) => edit !== null).map(({ change }) => change);
  return { world: after, write: writeOf(2, sent) };
}

/** What an item holds, as far as it can be told apart: Plex may keep one name twice, and lists in another order. */
const contentsOf = (item: Item) =>
  FIELD_NAMES.map((field) => ({
    field,
    isLocked: item.lockedFields.has(FIELDS[field].plex),
    value: isListField(field)
      ? [
          ...new Map(
            entriesOf(item, field).map(({ name, role = '', thumb = '' }) => [
              foldName(name),
              `${foldName(name)}|${role}|${thumb}`,
            ]),
          ).values(),
        ].toSorted()
      : textAt(item, field),
  }));

/** A sort title that is left out is the title’s own. */
const textAt = (item: Item, field: TextFieldName): string =>
  field === 'titleSort' && item.titleSort === '' ? item.title : item[field];

/** Whose value is whose, whatever the order. */
const oursIn = (all: BaseByField, item: Item) =>
  FIELD_NAMES.map((field) => {
    const base = all[field];
    const value = base?.value ?? null;
    return {
      field,
      value: value === null || typeof value === 'string' ? value : value.map(foldName).toSorted(),
      isLockOurs: base?.isLockOurs === true && item.lockedFields.has(FIELDS[field].plex),
    };
  });

/** A locked sort title that is left out would keep its value when the title changes, which the model of Plex does not. */
const anyItem = itemFrom(WORDS).map((item): Item => {
  const lockedFields = new Set(item.lockedFields);
  if (item.titleSort === '') lockedFields.delete('titleSort');
  return { ...item, lockedFields };
});
const anyWorld = worldFrom(anyItem, bases);
const options = fc.record({ settings: anySettings, tagWrite });

describe('an undo', () => {
  test('gives back every value and lock exactly, and knows again whose they are', () => {
    fc.assert(
      fc.property(anyWorld, options, (world, how) => {
        const start = atRest(world, how);
        const written = write(start, how);
        const undone = undo(written.world, [written.write], how.tagWrite).world;
        expect(contentsOf(undone.held)).toEqual(contentsOf(start.held));
        const changed = new Set<string>(written.write.entry.changes.map(({ field }) => field));
        const isChanged = ({ field }: { readonly field: FieldName }): boolean => changed.has(field);
        expect(oursIn(undone.bases, undone.held).filter(isChanged)).toEqual(
          oursIn(start.bases, start.held).filter(isChanged),
        );
      }),
    );
  });

  test('leaves what others did since', () => {
    fc.assert(
      fc.property(anyWorld, itemFrom(WORDS), options, (world, foreign, how) => {
        const start = atRest(world, how);
        const { world: after, write: entry } = write(start, how);
        const touched = seen({ ...after, held: foreign });
        const { held } = undo(touched, [entry], how.tagWrite).world;
        for (const change of entry.entry.changes) {
          const { field } = change;
          if (isImageKind(field)) continue;
          const lock = FIELDS[field].plex;
          if (foreign.lockedFields.has(lock) !== change.isLocked) {
            expect(held.lockedFields.has(lock)).toBe(foreign.lockedFields.has(lock));
          }
        }
        for (const field of TEXT_FIELDS) {
          const change = entry.entry.changes.find((each) => each.field === field);
          if (change === undefined || !isSameText(field, String(change.after), textAt(foreign, field))) {
            expect(held[field]).toBe(foreign[field]);
          }
        }
        for (const field of LIST_FIELDS) {
          const change = entry.entry.changes.find((each) => each.field === field);
          const [before, wrote, theirs, now] = [
            change?.before,
            change?.after,
            namesOf(foreign, field),
            namesOf(held, field),
          ].map((names) => new Set((typeof names === 'string' ? [] : (names ?? [])).map(foldName)));
          if (before === undefined || wrote === undefined || theirs === undefined || now === undefined)
            continue;
          for (const name of theirs) if (!wrote.has(name)) expect(now).toContain(name);
          for (const name of now) if (wrote.has(name) && before.has(name)) expect(theirs).toContain(name);
        }
      }),
    );
  });

  test('can be undone: all is as it was written', () => {
    fc.assert(
      fc.property(anyWorld, options, (world, how) => {
        const written = write(atRest(world, how), how);
        const undone = undo(written.world, [written.write], how.tagWrite);
        const again = undo(undone.world, [undone.write], how.tagWrite).world;
        expect(contentsOf(again.held)).toEqual(contentsOf(written.world.held));
        const changed = new Set<string>(undone.write.entry.changes.map(({ field }) => field));
        const isChanged = ({ field }: { readonly field: FieldName }): boolean => changed.has(field);
        expect(oursIn(again.bases, again.held).filter(isChanged)).toEqual(
          oursIn(written.world.bases, written.world.held).filter(isChanged),
        );
      }),
    );
  });

  test('that is planned once more changes nothing: so a crash repeats nothing', () => {
    fc.assert(
      fc.property(anyWorld, options, (world, how) => {
        const written = write(atRest(world, how), how);
        const undone = undo(written.world, [written.write], how.tagWrite).world;
        const fields = undoItem({ item: undone.held, bases: undone.bases, writes: [written.write] });
        expect(editsOfUndo(fields)).toEqual([]);
        const after = { ...undone.bases, ...basesAfterUndo(fields) };
        expect(oursIn(after, undone.held)).toEqual(oursIn(undone.bases, undone.held));
      }),
    );
  });

  test('of several writes gives back what was there before the first', () => {
    fc.assert(
      fc.property(anyWorld, anyWorld, options, (world, other, how) => {
        const start = atRest(world, how);
        const first = write(start, how);
        const second = write({ ...first.world, desired: other.desired }, how);
        const writes = [first.write, { ...second.write, entry: { ...second.write.entry, id: 2 } }];
        const undone = undo(second.world, writes, how.tagWrite).world;
        expect(contentsOf(undone.held)).toEqual(contentsOf(start.held));
      }),
    );
  });
});
