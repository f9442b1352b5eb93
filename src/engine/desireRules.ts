import type { DesireRules } from '../core/planning/desired.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { SceneExtras } from '../stash/documents.ts';
import type { Meta } from '../store/port.ts';
import type { TagTree } from './tagTree.ts';
import { maxEncodedOf } from './urlLimit.ts';

export type EngineRules = DesireRules & { readonly settings: Settings };

/** All that decides what Plex is to hold for a scene, but the scene. */
export async function desireRules(parts: {
  readonly settings: Settings;
  readonly tagTree: TagTree;
  readonly store: { readonly meta: Meta };
}): Promise<Result<EngineRules>> {
  const below = await parts.tagTree.below();
  if (!below.ok) return below;
  const maxEncoded = await maxEncodedOf(parts.store.meta);
  return succeed({ settings: parts.settings, tagsBelow: below.value, maxEncoded });
}

/** What these settings need of a scene beside what is always read. */
export const sceneExtras = (settings: Settings): SceneExtras => ({
  tagAliases: settings.sync_tags && settings.tag_name === 'alias',
  performerAliases: settings.sync_performers && settings.performer_role === 'alias',
});
