import type { FieldName } from '../field.ts';
import type { ItemPlan } from '../planning/plan.ts';

interface Planned {
  readonly items: readonly Pick<ItemPlan, 'decisions'>[];
  readonly failure: object | null;
  /** Why it is none of ours to sync; null: it is. */
  readonly leftOut: string | null;
}

export interface PreviewCounts {
  readonly scenes: number;
  /** Scenes of which something would be written, of which nothing differs, left out by a setting, and that cannot be synced now. */
  readonly written: number;
  readonly same: number;
  readonly leftOut: number;
  readonly failed: number;
  /** How many items would get each field, most first. */
  readonly fields: readonly { readonly field: FieldName; readonly items: number }[];
}

/** What a first sync would do with these scenes, in numbers. */
export function previewCounts(planned: readonly Planned[]): PreviewCounts {
  const edits = planned.map(({ items }) =>
    items.flatMap(({ decisions }) => decisions.filter(({ edit }) => edit !== null).map(({ field }) => field)),
  );
  const written = edits.filter((fields) => fields.length > 0).length;
  const failed = planned.filter(
    ({ failure }, index) => failure !== null && edits[index]?.length === 0,
  ).length;
  const leftOut = planned.filter((scene) => scene.leftOut !== null).length;
  const byField = Map.groupBy(edits.flat(), (field) => field);
  return {
    scenes: planned.length,
    written,
    same: planned.length - written - failed - leftOut,
    leftOut,
    failed,
    fields: [...byField]
      .map(([field, items]) => ({ field, items: items.length }))
      .toSorted((a, b) => b.items - a.items),
  };
}
