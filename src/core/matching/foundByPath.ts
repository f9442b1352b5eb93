import type { Part } from '../item.ts';
import type { SceneFile } from '../scene.ts';
import { evidenceOf, type PathRules } from './evidence.ts';

/**
 * Whether each file that Plex can have is met at one of the paths where Plex may have it. Then nothing weaker
 * counts for any of them, so that nobody needs to look for files of the same name or size.
 */
export const areFoundByPath = (
  files: readonly SceneFile[],
  parts: readonly Part[],
  rules: PathRules,
): boolean =>
  files
    .filter((file) => !file.isInZip)
    .every((file) => parts.some((part) => evidenceOf(file, part, rules)?.evidence === 'path'));
