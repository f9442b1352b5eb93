/** A plugin of Stash, as Stash lists it. */
export interface StashPlugin {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/**
 * Plugins of Stash that change items in Plex when a scene is edited, by their id as Stash spells it. PlexSync's
 * own id is `plexsync`, in small letters.
 */
const OTHER_WRITERS: Readonly<Record<string, string>> = {
  Stash2Plex: 'writes scenes to Plex, too',
  PlexSync: 'has Plex fetch scenes by an agent of its own, which overwrites what was written',
};

export const OTHER_WRITER_ADVICE = 'Disable it in Stash (Settings > Plugins).';

/** Two writers undo each other's work: which others are enabled, in a sentence each. */
export function otherWriters(plugins: readonly StashPlugin[]): readonly string[] {
  return plugins
    .filter(({ id, enabled }) => enabled && Object.hasOwn(OTHER_WRITERS, id))
    .map(({ id }) => `The plugin ${id} of Stash is enabled: it ${OTHER_WRITERS[id]}.`);
}
