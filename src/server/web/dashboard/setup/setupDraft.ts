import type { LibraryOffers } from '../../../../core/firstRun/libraryOffers.ts';
import type { Answers } from '../../../../core/firstRun/withAnswers.ts';
import type { Pin } from '../../../../plex/plexTv/plexTvClient.ts';
import type { TriedServer } from '../../../../setup/tryPlex.ts';
import type { ProbedStash } from '../../../../setup/tryStash.ts';
import type { FilesReading } from './filesReading.ts';

/** What was answered so far. Nothing of it is stored anywhere before the last step. */
export interface SetupDraft {
  readonly clientIdentifier: string;
  /** Where somebody is signing in. */
  pin: Pin | null;
  /** The token of whoever signed in: the pin may not tell it twice. */
  account: string | null;
  /** What plex.tv lists for them. */
  servers: readonly TriedServer[] | null;
  plex: DraftPlex | null;
  libraries: readonly string[] | null;
  stash: DraftStash | null;
  files: FilesReading | null;
  /** Null: PlexSync learns them. */
  pathMaps: readonly string[] | null;
}

export interface DraftPlex {
  readonly url: string;
  readonly token: string;
  /** Empty: nobody told it. */
  readonly name: string;
  /** Null: nobody tells. */
  readonly isOwned: boolean | null;
  readonly offers: LibraryOffers;
}

export interface DraftStash extends ProbedStash {
  readonly url: string;
  readonly apiKey: string;
}

export const newDraft = (clientIdentifier: string): SetupDraft => ({
  clientIdentifier,
  pin: null,
  account: null,
  servers: null,
  plex: null,
  libraries: null,
  stash: null,
  files: null,
  pathMaps: null,
});

/** As `plexsync setup` saves it. */
export const answersOf = ({ clientIdentifier, plex, libraries, stash, pathMaps }: SetupDraft): Answers => ({
  ...(plex === null ? {} : { plex_url: plex.url, plex_token: plex.token, plex_client_id: clientIdentifier }),
  ...(libraries === null ? {} : { plex_library: libraries }),
  ...(stash === null
    ? {}
    : { stash_url: stash.url, stash_api_key: stash.apiKey === '' ? null : stash.apiKey }),
  path_map: pathMaps,
});
