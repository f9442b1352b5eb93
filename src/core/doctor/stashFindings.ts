import { OTHER_WRITER_ADVICE, otherWriters, type StashPlugin } from '../otherWriters.ts';
import { durationInWords } from '../quantityInWords.ts';
import { type Finding, fine, type Heard, heard, warning } from './finding.ts';
import { clockFinding, type EventsFacts, eventsFinding } from './peerFindings.ts';

export interface StashFacts {
  readonly probe: Heard<{ readonly version: string }>;
  readonly signIn: 'key' | 'session' | 'nothing';
  readonly scenes: Heard<number>;
  readonly plugins: Heard<readonly StashPlugin[]>;
  /** When the last event of a hook was taken in (epoch ms); null: never. */
  readonly hookSeenAt: number | null;
  readonly events: EventsFacts;
  readonly clockAheadMs: Heard<number | null>;
}

/** What builds on an answer that failed is left out. */
export function stashFindings(facts: StashFacts, { now, pollSeconds }: Surroundings): readonly Finding[] {
  const { probe, scenes, plugins, events, clockAheadMs } = facts;
  if (probe?.ok !== true) return [stashFinding(probe)];
  return [
    stashFinding(probe),
    signInFinding(facts.signIn),
    scenesFinding(scenes),
    hookFinding(facts, { now, pollSeconds }),
    ...eventsFinding('stash', events, pollSeconds),
    ...clockFinding('stash', clockAheadMs),
    ...pluginFindings(plugins),
  ];
}

interface Surroundings {
  readonly now: number;
  readonly pollSeconds: number;
}

/** A Stash that lacks a field that is needed has refused the probe, naming it. */
const stashFinding = (probe: StashFacts['probe']): Finding =>
  heard('Stash', probe, ({ version }) =>
    fine(
      'Stash',
      `answers, ${version === '' ? 'of unknown version' : version}, with all fields that are needed`,
    ),
  );

function signInFinding(way: StashFacts['signIn']): Finding {
  switch (way) {
    case 'key':
      return fine('Stash sign-in', 'the API key is accepted');
    case 'nothing':
      return fine('Stash sign-in', 'none is asked for');
    case 'session':
      return fine(
        'Stash sign-in',
        'by the session of who last used Stash; if it has a password, make an API key in its Settings > Security, which lasts',
      );
  }
}

const scenesFinding = (scenes: Heard<number>): Finding =>
  heard('Scenes', scenes, (count) =>
    count > 0
      ? fine('Scenes', `${count} can be read`)
      : warning('Scenes', 'Stash has none.', 'Let Stash scan your files.'),
  );

const OUR_PLUGIN = 'plexsync';
/** Whoever edits no scene for so long may as well have a hook that does not work. */
const LONG_SILENT_MS = 30 * 24 * 60 * 60 * 1000;

function hookFinding({ plugins, hookSeenAt }: StashFacts, { now, pollSeconds }: Surroundings): Finding {
  const isPlugin =
    plugins?.ok === true && plugins.value.some(({ id, enabled }) => id === OUR_PLUGIN && enabled);
  const silentMs = hookSeenAt === null ? null : now - hookSeenAt;
  if (silentMs !== null && silentMs < LONG_SILENT_MS) {
    return fine('Hook', `last told of an edit ${durationInWords(silentMs)} ago`);
  }
  if (!isPlugin) {
    return fine(
      'Hook',
      `no plugin of PlexSync is enabled in Stash: edits are looked for every ${pollSeconds} s`,
    );
  }
  const found =
    silentMs === null
      ? 'The plugin is enabled in Stash, and its hook has told of no edit yet.'
      : `The plugin’s hook has told of no edit for ${durationInWords(silentMs)}.`;
  return warning(
    'Hook',
    found,
    'Edit a scene and run doctor again. If it is the same then, Stash and PlexSync see different inbox folders: docs/install.md.',
  );
}

/** An older Stash does not tell, and nothing depends on it. */
function pluginFindings(plugins: StashFacts['plugins']): readonly Finding[] {
  if (plugins?.ok !== true) return [fine('Other writers', 'Stash does not tell its plugins')];
  const found = otherWriters(plugins.value);
  if (found.length === 0) return [fine('Other writers', 'no other plugin that is enabled writes to Plex')];
  return found.map((words) => warning('Other writers', words, OTHER_WRITER_ADVICE));
}
