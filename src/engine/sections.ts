import type { Failure } from '../core/failure.ts';
import type { Section } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';

/**
 * The libraries that PlexSync works on: those named, or all of the type movie. Names compare without case,
 * as Plex shows them; several libraries may carry the same name, then all are meant.
 */
export function sectionsInScope(
  sections: readonly Section[],
  names: readonly string[],
): Result<readonly Section[]> {
  const movie = sections.filter((section) => section.type === 'movie');
  if (names.length === 0) {
    return movie.length > 0
      ? succeed(movie)
      : fail(settingsFailure('Plex has no library of the type movie.'));
  }
  const wanted = new Set(names.map(foldLibraryName));
  const missing = names.filter(
    (name) => !movie.some((section) => foldLibraryName(section.title) === foldLibraryName(name)),
  );
  if (missing.length === 0)
    return succeed(movie.filter((section) => wanted.has(foldLibraryName(section.title))));
  return fail(settingsFailure(unknownNames(missing, sections, movie)));
}

function unknownNames(
  missing: readonly string[],
  sections: readonly Section[],
  movie: readonly Section[],
): string {
  const existing = movie.map((section) => JSON.stringify(section.title)).join(', ') || 'none';
  const [name = ''] = missing;
  const other = sections.find((section) => foldLibraryName(section.title) === foldLibraryName(name));
  const found =
    other === undefined
      ? `found ${missing.map((each) => JSON.stringify(each)).join(', ')}, which Plex does not have`
      : `found ${JSON.stringify(other.title)}, which is a library of the type ${other.type}`;
  return `plex_library: ${found}; allowed: the libraries of the type movie: ${existing}.`;
}

/** Names of libraries compare by it. */
export const foldLibraryName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

const settingsFailure = (message: string): Failure => ({ class: 'settings', peer: 'plex', message });
