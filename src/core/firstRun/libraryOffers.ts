import type { Section } from '../item.ts';

/** A name that `plex_library` may hold; several libraries of one name are meant together. */
export interface OfferedLibrary {
  readonly title: string;
  readonly folders: readonly string[];
}

export interface LibraryOffers {
  readonly offered: readonly OfferedLibrary[];
  readonly others: readonly { readonly title: string; readonly why: string }[];
}

/** Scenes are films to Plex: only a library of the type movie, whatever its agent, can hold them (plex reference §2). */
export function offerLibraries(sections: readonly Section[]): LibraryOffers {
  const byTitle = Map.groupBy(
    sections.filter(({ type }) => type === 'movie'),
    ({ title }) => title,
  );
  return {
    offered: [...byTitle].map(([title, same]) => ({
      title,
      folders: same.flatMap(({ locations }) => locations),
    })),
    others: sections
      .filter(({ type }) => type !== 'movie')
      .map(({ title, type }) => ({ title, why: `it is for ${HOLDS[type] ?? type}` })),
  };
}

const HOLDS: Readonly<Record<string, string>> = { show: 'series', artist: 'music', photo: 'photos' };
