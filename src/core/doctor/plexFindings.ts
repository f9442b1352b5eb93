import type { PlexIdentity, Section } from '../item.ts';
import { type Finding, failed, fine, type Heard, heard, problem } from './finding.ts';
import { clockFinding, type EventsFacts, eventsFinding } from './peerFindings.ts';

export interface PlexFacts {
  readonly identity: Heard<PlexIdentity>;
  /** The server that the data folder belongs to; null before the first sync. */
  readonly knownServer: string | null;
  readonly hasToken: boolean;
  readonly token: Heard<unknown>;
  /** Null within: Plex does not tell. */
  readonly isOwner: Heard<boolean | null>;
  /** Those in scope. */
  readonly libraries: Heard<readonly Section[]>;
  readonly events: EventsFacts;
  readonly clockAheadMs: Heard<number | null>;
}

/** What builds on an answer that failed is left out. */
export function plexFindings(facts: PlexFacts, pollSeconds: number): readonly Finding[] {
  const { identity, knownServer, hasToken, token, libraries, events, clockAheadMs } = facts;
  // A server that is starting says so here (503): Plex reference §1.
  const plex = heard('Plex', identity, ({ version }) => fine('Plex', `answers, ${version}`));
  if (identity?.ok !== true) return [plex];
  const reached = [plex, serverFinding(identity.value, knownServer), ...clockFinding('plex', clockAheadMs)];
  if (!hasToken) return [...reached, notAsked('Plex token', 'plex_token')];
  if (token?.ok !== true)
    return [...reached, heard('Plex token', token, () => fine('Plex token', 'accepted'))];
  return [
    ...reached,
    ownerFinding(facts.isOwner),
    heard('Libraries', libraries, (sections) =>
      fine('Libraries', sections.map(({ title }) => JSON.stringify(title)).join(', ')),
    ),
    ...eventsFinding('plex', events, pollSeconds),
  ];
}

function serverFinding(found: PlexIdentity, known: string | null): Finding {
  if (known === null)
    return fine('Plex server', `${found.machineIdentifier}, to be remembered with the first sync`);
  if (known === found.machineIdentifier) return fine('Plex server', `${known}, as before`);
  return failed('Plex server', {
    class: 'server-changed',
    message: `${found.machineIdentifier}, not ${known} that this data folder belongs to.`,
  });
}

function ownerFinding(isOwner: PlexFacts['isOwner']): Finding {
  if (isOwner?.ok !== true || isOwner.value === null) {
    return fine('Plex token', 'accepted; Plex does not tell whether it is the owner’s');
  }
  if (isOwner.value) return fine('Plex token', 'accepted, and the owner’s');
  return problem(
    'Plex token',
    'It is not the token of the server’s owner, who alone may edit.',
    'Set plex_token to the owner’s token: docs/install.md says where it is.',
  );
}

export const notAsked = (name: string, setting: string): Finding =>
  problem(name, `Not asked: ${setting} is missing or wrong.`, `Correct ${setting}.`);
