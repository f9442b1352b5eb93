import { counted } from '../quantityInWords.ts';
import { type Finding, fine, type Heard, warning } from './finding.ts';

export interface MatchingFacts {
  readonly sections: readonly {
    readonly title: string;
    readonly items: number;
    readonly listedAt: number | null;
  }[];
  readonly pathMaps: readonly PathMapFacts[];
  /** Scenes with a link. */
  readonly linkedScenes: number;
  /** All that Stash has. */
  readonly scenes: Heard<number>;
  /** Of these, the ones that the settings leave out, as when everything was last compared. */
  readonly leftOut: number;
  readonly notInPlex: {
    readonly scenes: number;
    /** More may wait than were counted. */
    readonly isCountCut: boolean;
  };
  readonly asksPlexToScan: boolean;
}

export interface PathMapFacts {
  readonly from: string;
  readonly to: string;
  /** Files that it fits, of those looked at. */
  readonly support: number;
  /** How many were looked at; null for one that was learned, which has its support from learning. */
  readonly lookedAt: number | null;
}

export function matchingFindings(facts: MatchingFacts): readonly Finding[] {
  return [
    indexFinding(facts.sections),
    ...pathMapFindings(facts),
    matchFinding(facts),
    ...notInPlexFinding(facts),
  ];
}

function indexFinding(sections: MatchingFacts['sections']): Finding {
  if (sections.length === 0)
    return warning('File index', 'No library was read yet.', 'It is read with the first sync.');
  const partial = sections
    .filter(({ listedAt }) => listedAt === null)
    .map(({ title }) => JSON.stringify(title));
  if (partial.length > 0) {
    return warning(
      'File index',
      `Not read to the end yet: ${partial.join(', ')}.`,
      'It is read on with the next sync.',
    );
  }
  const items = sections.reduce((sum, section) => sum + section.items, 0);
  const libraries = sections.length === 1 ? '1 library' : `${sections.length} libraries`;
  return fine('File index', `${counted(items, 'item')} of ${libraries}`);
}

/** Fewer say little about a map. */
const ENOUGH_FILES = 10;

function pathMapFindings({ pathMaps, linkedScenes }: MatchingFacts): readonly Finding[] {
  if (pathMaps.length === 0) {
    return [
      fine(
        'Path maps',
        linkedScenes > 0 ? 'none is needed' : 'none is known yet: they are learned from files',
      ),
    ];
  }
  const useless = pathMaps.flatMap(({ support, lookedAt }, index) =>
    support === 0 && lookedAt !== null && lookedAt >= ENOUGH_FILES ? [{ number: index + 1, lookedAt }] : [],
  );
  if (useless.length === 0) return [fine('Path maps', pathMaps.map(mapWords).join('; '))];
  // By number, without the paths: this is told in Stash's log, too.
  return useless.map(({ number, lookedAt }) =>
    warning(
      'Path maps',
      `The map ${number} of path_map fits none of ${lookedAt} linked files.`,
      'Correct it, or take it out: without any, the maps are learned.',
    ),
  );
}

function mapWords({ from, to, support, lookedAt }: PathMapFacts): string {
  const words = `${from} => ${to}`;
  if (lookedAt === null) return `${words} (${counted(support, 'file')})`;
  return lookedAt === 0 ? `${words} (given)` : `${words} (given, fits ${support} of ${lookedAt})`;
}

/** Below this, something is wrong more often than a library was left out on purpose. */
const POOR_PERCENT = 50;

function matchFinding({ linkedScenes, scenes, leftOut }: MatchingFacts): Finding {
  const total = scenes?.ok === true ? Math.max(0, scenes.value - leftOut) : null;
  if (linkedScenes === 0 && total !== 0) {
    return warning(
      'Matches',
      'No scene is linked to an item yet.',
      'Sync all scenes. If nothing is linked then, Plex does not know these files: let it scan, or set path_map.',
    );
  }
  if (total === null || total === 0) return fine('Matches', `${counted(linkedScenes, 'scene')} linked`);
  const percent = Math.floor((100 * Math.min(linkedScenes, total)) / total);
  const found = `${linkedScenes} of ${counted(total, 'scene')} linked (${percent} %)${leftOut === 0 ? '' : `, ${leftOut} are left out`}`;
  if (percent >= POOR_PERCENT) return fine('Matches', found);
  return warning('Matches', found, '`plexsync gaps` lists what Plex does not have, and why.');
}

/** Scenes whose files Plex does not know for long; none is worth no word. */
function notInPlexFinding({ notInPlex, asksPlexToScan }: MatchingFacts): readonly Finding[] {
  const { scenes, isCountCut } = notInPlex;
  if (scenes === 0 || asksPlexToScan) return [];
  const found =
    scenes === 1
      ? '1 scene waits for Plex to know its file.'
      : `${isCountCut ? `${scenes} or more` : scenes} scenes wait for Plex to know their files.`;
  return [
    warning(
      'Not in Plex',
      found,
      'Let Plex scan its libraries, or set trigger_plex_scan to have it asked to.',
    ),
  ];
}
