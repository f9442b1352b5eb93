import type { MergeSettings } from '../core/planning/arrival.ts';
import { type DesiredScene, desiredOf } from '../core/planning/desired.ts';
import type { Scene } from '../core/scene.ts';
import type { Settings } from '../core/settings/table.ts';
import type { EngineRules } from './desireRules.ts';
import { hashText } from './hashText.ts';

/** What Plex is to hold for a scene, and what a proof remembers of it. */
export function desiredWithHash(
  scene: Scene,
  rules: EngineRules,
): { readonly desired: DesiredScene; readonly hash: string } {
  const desired = desiredOf(scene, rules);
  // The settings that decide a merge belong to the proof: another choice means another result.
  return { desired, hash: hashText(JSON.stringify([desired.desired, mergeSettingsOf(rules.settings)])) };
}

export const mergeSettingsOf = (settings: Settings): MergeSettings => ({
  preservePlexEdits: settings.preserve_plex_edits,
  foreignEntries: settings.foreign_entries,
  locksFields: settings.lock_fields,
});
