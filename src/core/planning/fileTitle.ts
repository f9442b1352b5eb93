import type { Part } from '../item.ts';
import { normalForm } from '../text.ts';

const YEAR_AT_END = /\s*(?:\(\d{4}\)|\[\d{4}\])$/;

/**
 * Whether Plex made this title from the name of the item's file, so that no person's work is lost by
 * writing another. Scanners take the name without extension, some with dots and underscores as spaces, some
 * without the year (plex reference §7). What they may do beyond that [U] counts as a person's title.
 */
export function isFileTitle(title: string, parts: readonly Part[]): boolean {
  const shown = normalForm(title, 'line');
  return parts.some(({ path }) =>
    titlesOf(path).some((candidate) => normalForm(candidate, 'line') === shown),
  );
}

function titlesOf(path: string): readonly string[] {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = name.replace(/(?<=.)\.[^.]*$/, '');
  const spaced = stem.replace(/[._]+/g, ' ').trim();
  return [stem, spaced, stem.replace(YEAR_AT_END, ''), spaced.replace(YEAR_AT_END, '')];
}
