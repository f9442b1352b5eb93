import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAILURE_POLICIES } from '../core/failure.ts';
import { fileExists } from '../engine/fileExists.ts';
import type { Surroundings } from './endOfLife.ts';
import type { PluginPlace } from './pluginPlace.ts';
import type { StashLook } from './stashAccess.ts';

/** What lies around the daemon on disk, and what Stash says of the plugin. */
export async function lookAround(
  place: Pick<PluginPlace, 'bundle' | 'inboxDir'>,
  look: StashLook | null,
): Promise<Surroundings> {
  const [bundle, hasInbox, isExternal] = await Promise.all([
    bundleMark(place.bundle),
    fileExists(place.inboxDir),
    fileExists(join(place.inboxDir, 'external')),
  ]);
  return {
    bundle,
    hasInbox,
    isExternal,
    plugin: pluginState(look),
    isStashAway: look?.kind === 'failed' && FAILURE_POLICIES[look.failure.class].tripsBreaker,
  };
}

/**
 * Tells one bundle from another that is put in its place; null when there is none. By what stands in it: some file
 * systems number a file anew now and then, and an unpacked zip brings its own times.
 */
export async function bundleMark(file: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    return null;
  }
}

function pluginState(look: StashLook | null): Surroundings['plugin'] {
  if (look?.kind !== 'seen') return 'unknown';
  if (look.config.isEnabled === null) return 'removed';
  return look.config.isEnabled ? 'enabled' : 'disabled';
}
