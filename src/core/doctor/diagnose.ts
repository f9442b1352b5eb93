import type { Finding } from './finding.ts';
import * as host from './hostFindings.ts';
import { type MatchingFacts, matchingFindings } from './matchingFindings.ts';
import { notAsked, type PlexFacts, plexFindings } from './plexFindings.ts';
import { type StashFacts, stashFindings } from './stashFindings.ts';
import { type WorkFacts, workFindings } from './workFindings.ts';

/** All that was gathered, without a judgement. */
export interface DoctorFacts {
  /** Epoch ms. */
  readonly now: number;
  readonly pollSeconds: number;
  /** Settings that are missing or wrong. */
  readonly problems: readonly string[];
  readonly node: host.NodeFacts;
  readonly folder: host.FolderFacts;
  readonly database: host.DatabaseFacts;
  readonly daemon: { readonly pid: number; readonly since: number } | null;
  /** Null: not asked, because its address is not set. */
  readonly stash: StashFacts | null;
  readonly plex: PlexFacts | null;
  readonly matching: MatchingFacts;
  readonly work: WorkFacts;
}

/** What the facts mean, in the order in which people are told. */
export function diagnose(facts: DoctorFacts): readonly Finding[] {
  const { now, pollSeconds, stash, plex } = facts;
  return [
    ...host.settingsFindings(facts.problems),
    host.nodeFinding(facts.node),
    ...host.folderFindings(facts.folder),
    host.databaseFinding(facts.database),
    host.daemonFinding(facts.daemon, now),
    ...(stash === null ? [notAsked('Stash', 'stash_url')] : stashFindings(stash, { now, pollSeconds })),
    ...(plex === null ? [notAsked('Plex', 'plex_url')] : plexFindings(plex, pollSeconds)),
    ...matchingFindings(facts.matching),
    ...workFindings(facts.work, now),
  ];
}
