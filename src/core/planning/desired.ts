import { FIELD_NAMES, isListField, listFacts } from '../field.ts';
import type { EntityId } from '../ids.ts';
import type { Scene } from '../scene.ts';
import type { FieldSettings } from '../settings/table.ts';
import { castOf, namesWanted } from './desiredNames.ts';
import { textWanted } from './desiredTexts.ts';
import type { Desired } from './plan.ts';
import { type Sendable, sendableNames, sendableText } from './sendable.ts';

export interface DesiredScene {
  readonly desired: Desired;
  /** What of the scene is not sent, in plain words. */
  readonly warnings: readonly string[];
}

export interface DesireRules {
  readonly settings: FieldSettings;
  /** The tags that lie below those of `tags_below`; null: all may become genres. */
  readonly tagsBelow: ReadonlySet<EntityId> | null;
  /** What one field may take in a URL, once Plex or a proxy has refused a longer one; null: not known. */
  readonly maxEncoded: number | null;
}

/**
 * What Plex is to hold for this scene: every text in normal form and within its limit. A field that is off is not
 * part of it.
 */
export function desiredOf(scene: Scene, rules: DesireRules): DesiredScene {
  const { settings, maxEncoded } = rules;
  const values: Record<string, string | readonly string[]> = {};
  const warnings: string[] = [];
  const take = (field: string, { value, warning }: Sendable<string | readonly string[]>): void => {
    values[field] = value;
    if (warning !== null) warnings.push(warning);
  };
  for (const field of FIELD_NAMES) {
    if (isListField(field)) {
      const names = namesWanted(field, scene, rules);
      const max = field === 'genres' ? settings.max_tags : (listFacts(field).max ?? settings.max_tags);
      if (names !== null) take(field, sendableNames(field, names, { max, maxEncoded }));
    } else {
      const text = textWanted(field, scene, settings);
      if (text !== null) take(field, sendableText(field, text, maxEncoded));
    }
  }
  const cast = castOf(scene, settings);
  // Each value came from the row of its own field.
  const desired = (cast === null ? values : { ...values, cast }) as Desired;
  return { desired, warnings };
}
