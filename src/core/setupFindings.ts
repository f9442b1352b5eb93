import type { Breaker } from './breaker.ts';
import type { Failure, Peer } from './failure.ts';
import { adviceOf } from './failure.ts';
import type { PlexIdentity, Section } from './item.ts';
import { OTHER_WRITER_ADVICE, otherWriters, type StashPlugin } from './otherWriters.ts';
import { failed, fine, type Heard, heard, problem, type SetupCheck, warning } from './setupCheck.ts';

/** What each thing that "Check set-up" looks at means, in the order in which it is told. */

export function settingsChecks(problems: readonly string[]): readonly SetupCheck[] {
  if (problems.length === 0) return [fine('Settings', 'complete')];
  return problems.map((found) => problem('Settings', found, 'Correct this setting.'));
}

export const stashCheck = (answer: Heard<{ readonly version: string }>): SetupCheck =>
  heard('Stash', answer, ({ version }) =>
    fine('Stash', `answers, ${version === '' ? 'of unknown version' : version}`),
  );

export const scenesCheck = (answer: Heard<number>): SetupCheck =>
  heard('Scenes', answer, (scenes) =>
    scenes > 0
      ? fine('Scenes', `${scenes} can be read`)
      : warning('Scenes', 'Stash has none.', 'Let Stash scan your files.'),
  );

/** An older Stash does not tell, and nothing depends on it. */
export function pluginChecks(answer: Heard<readonly StashPlugin[]>): readonly SetupCheck[] {
  if (answer?.ok !== true) return [fine('Other plugins', 'Stash does not tell')];
  const found = otherWriters(answer.value);
  if (found.length === 0) return [fine('Other plugins', 'none that is enabled writes to Plex')];
  return found.map((words) => warning('Other plugins', words, OTHER_WRITER_ADVICE));
}

export const plexCheck = (answer: Heard<PlexIdentity>): SetupCheck =>
  heard('Plex', answer, ({ version }) => fine('Plex', `answers, ${version}`));

export function serverCheck(found: PlexIdentity, known: string | null): SetupCheck {
  if (known === null)
    return fine('Plex server', `${found.machineIdentifier}, to be remembered with the first sync`);
  if (known === found.machineIdentifier) return fine('Plex server', `${known}, as before`);
  return failed('Plex server', {
    class: 'server-changed',
    message: `${found.machineIdentifier}, not ${known} that this data folder belongs to.`,
  });
}

export const tokenCheck = (answer: Heard<unknown>): SetupCheck =>
  heard('Plex token', answer, () => fine('Plex token', 'accepted'));

/** Of the libraries in scope. */
export const librariesCheck = (answer: Heard<readonly Section[]>): SetupCheck =>
  heard('Libraries', answer, (sections) =>
    fine('Libraries', sections.map(({ title }) => JSON.stringify(title)).join(', ')),
  );

export interface IndexFacts {
  readonly title: string;
  readonly items: number;
  readonly listedAt: number | null;
}

export function indexCheck(sections: readonly IndexFacts[]): SetupCheck {
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
  return fine(
    'File index',
    `${items} items of ${sections.length === 1 ? '1 library' : `${sections.length} libraries`}`,
  );
}

export function matchingCheck(facts: {
  readonly links: number;
  readonly pathMaps: readonly { readonly from: string; readonly to: string }[];
}): SetupCheck {
  const maps = facts.pathMaps.map(({ from, to }) => `${from} => ${to}`).join(', ');
  if (facts.links > 0) {
    return fine('Matching', `${facts.links} files linked${maps === '' ? '' : `; path maps ${maps}`}`);
  }
  if (maps !== '') {
    // Without the paths: what is to be corrected is told in Stash's log, too.
    return warning('Matching', 'No file is linked yet.', 'A sync of all scenes links them.');
  }
  return warning(
    'Matching',
    'No file is linked and no path map known yet.',
    'Sync all scenes. If nothing is linked then, Plex does not know these files: let it scan, or set path_map.',
  );
}

/** Scenes whose files Plex does not know for long; none is worth no word. */
export function notInPlexChecks(facts: {
  readonly scenes: number;
  /** More may wait than were counted. */
  readonly isCountCut: boolean;
  readonly asksPlexToScan: boolean;
}): readonly SetupCheck[] {
  const { scenes, isCountCut, asksPlexToScan } = facts;
  if (scenes === 0 || asksPlexToScan) return [];
  const count = isCountCut ? `${scenes} or more` : scenes;
  const found =
    scenes === 1
      ? '1 scene waits for Plex to know its file.'
      : `${count} scenes wait for Plex to know their files.`;
  return [
    warning(
      'Not in Plex',
      found,
      'Let Plex scan its libraries, or set trigger_plex_scan to have it asked to.',
    ),
  ];
}

export interface WorkFacts {
  readonly enabled: boolean;
  readonly dryRun: boolean;
  readonly stop: { readonly reason: string; readonly advice: string } | null;
  readonly pauses: readonly { readonly failure: Failure }[];
  readonly breakers: Readonly<Record<Peer, Breaker>>;
}

export function workChecks({ enabled, dryRun, stop, pauses, breakers }: WorkFacts): readonly SetupCheck[] {
  const checks = [
    ...(stop === null ? [] : [problem('Work', `stopped: ${stop.reason}`, stop.advice)]),
    ...pauses.map(({ failure }) => problem('Work', `waits: ${failure.message}`, adviceOf(failure))),
    ...Object.values(breakers).flatMap((breaker) =>
      breaker.state === 'open'
        ? [problem('Work', `waits: ${breaker.reason}`, 'Nothing to do once the server answers.')]
        : [],
    ),
    ...(enabled ? [] : [warning('Work', 'switched off', 'Set enabled to have changes written.')]),
    ...(dryRun
      ? [warning('Work', 'a dry run: nothing is written', 'Unset dry_run to have changes written.')]
      : []),
  ];
  return checks.length > 0 ? checks : [fine('Work', 'nothing stands in the way')];
}
