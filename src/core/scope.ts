import { tagsNamed } from './planning/desiredNames.ts';
import type { Scene } from './scene.ts';
import type { ScopeSettings } from './settings/table.ts';
import { foldName } from './text.ts';

/**
 * Why a scene is not carried, by the settings that choose scenes; null: it is. What was carried before it fell out
 * stays in Plex as it is.
 */
export function whyLeftOut(scene: Scene, settings: ScopeSettings): string | null {
  const { only_organized, only_paths, skip_paths, only_tags, skip_tags, only_studios, skip_studios } =
    settings;
  if (only_organized && !scene.isOrganized) return 'not organized (only_organized)';
  if (only_tags.length > 0 && tagsNamed(only_tags, scene).length === 0)
    return 'none of its tags is in only_tags';
  const [skipped] = tagsNamed(skip_tags, scene);
  if (skipped !== undefined) return `its tag ${skipped.name} is in skip_tags`;
  if (only_studios.length > 0 && studioNamed(only_studios, scene) === null)
    return 'its studio is not in only_studios';
  const studio = studioNamed(skip_studios, scene);
  if (studio !== null) return `its studio ${studio} is in skip_studios`;
  const { files } = scene;
  // A scene without a file is told of as such.
  if (files.length === 0) return null;
  const isIn = (folders: readonly string[]) => (file: { readonly path: string }) =>
    folders.some((folder) => isUnder(file.path, folder));
  if (only_paths.length > 0 && !files.some(isIn(only_paths))) return 'no file of it lies in only_paths';
  return skip_paths.length > 0 && files.every(isIn(skip_paths)) ? 'all its files lie in skip_paths' : null;
}

/** The studio of a scene, or the nearest above it, that a list of names means. */
function studioNamed(names: readonly string[], { studio }: Scene): string | null {
  if (studio === null || names.length === 0) return null;
  const wanted = new Set(names.map(foldName));
  return [studio, ...studio.parents].find(({ name }) => wanted.has(foldName(name)))?.name ?? null;
}

/** By whole folders, of either kind of host. */
function isUnder(path: string, folder: string): boolean {
  const bare = folder.normalize('NFC').replace(/[/\\]+$/, '');
  const whole = path.normalize('NFC');
  return whole === bare || (whole.startsWith(bare) && /^[/\\]/.test(whole.slice(bare.length)));
}
