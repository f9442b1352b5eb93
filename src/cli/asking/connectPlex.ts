import type { Failure } from '../../core/failure.ts';
import type { LibraryOffers } from '../../core/firstRun/libraryOffers.ts';
import type { ListedServer } from '../../core/firstRun/plexServer.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { PlexTvClient } from '../../plex/plexTv/plexTvClient.ts';
import { shortUrl } from '../../setup/serverWords.ts';
import { type PlexAsking, readLibraries } from '../../setup/tryPlex.ts';
import { askForToken } from './askForToken.ts';
import { type ChosenServer, chooseServer } from './chooseServer.ts';
import type { SetupTalk } from './setupTalk.ts';

export interface ConnectedPlex {
  readonly server: ChosenServer;
  readonly token: string;
  /** Null: plex.tv does not tell. */
  readonly isOwner: boolean | null;
  readonly libraries: LibraryOffers;
}

/** Sign-in, server and address, and whether this token may edit there. */
export async function connectPlex(
  talk: SetupTalk,
  plexTv: PlexTvClient,
  asking: PlexAsking,
): Promise<Result<ConnectedPlex>> {
  const got = await askForToken(talk, plexTv);
  if (!got.ok) return got;
  const { token: given, isInEnvironment } = got.value;
  talk.hide(given);
  const servers = await serversOf(talk, plexTv, given);
  for (const { accessToken } of servers ?? []) talk.hide(accessToken);
  const server = await chooseServer(talk, servers, asking);
  if (!server.ok) return server;
  const { url, version, listed, reach } = server.value;
  // A server has a token of its own for each account (plex reference §1, "Discovery").
  const own = listed?.accessToken ?? '';
  const token = isInEnvironment || own === '' ? given : own;
  const libraries = await readLibraries({ url, token }, asking);
  if (!libraries.ok) return fail(withTokenAdvice(libraries.failure, isInEnvironment));
  talk.screen.found('good', 'Plex', [listed?.name, version, shortUrl(url)].filter(Boolean).join(', '));
  if (reach === 'relay') {
    talk.screen.detail(
      'Only over Plex’s relay: slow, and gone whenever the internet is. An address in your network would be better.',
    );
  }
  const isOwner = listed?.isOwned ?? null;
  const allowed = await mayGoOn(talk, isOwner);
  return allowed.ok ? succeed({ server: server.value, token, isOwner, libraries: libraries.value }) : allowed;
}

/** Null where plex.tv does not tell: then the server itself has to. */
async function serversOf(
  { screen }: SetupTalk,
  plexTv: PlexTvClient,
  token: string,
): Promise<readonly ListedServer[] | null> {
  const account = await screen.during('Asking plex.tv …', () => plexTv.account(token));
  if (!account.ok) {
    screen.found('note', 'Plex account', account.failure.message);
    return null;
  }
  if (account.value === null) {
    screen.found('note', 'Plex account', 'plex.tv does not know this token. The server itself may.');
    return null;
  }
  const servers = await plexTv.servers(token);
  screen.found('good', 'Plex account', account.value.name === '' ? 'known' : account.value.name);
  if (servers.ok && servers.value.length > 0) return servers.value;
  screen.found('note', 'Servers', servers.ok ? 'This account has none.' : servers.failure.message);
  return null;
}

/** Plex lets only the owner edit (plex reference §1). */
async function mayGoOn(
  { screen, questions, options }: SetupTalk,
  isOwner: boolean | null,
): Promise<Result<void>> {
  if (isOwner === true) {
    screen.found('good', 'Owner', 'you: PlexSync may edit');
    return succeed(undefined);
  }
  if (isOwner === null) {
    screen.found(
      'note',
      'Owner',
      'Nobody tells whether this is the token of the server’s owner; no other may edit.',
    );
    return succeed(undefined);
  }
  screen.found('bad', 'Owner', 'somebody else: Plex will refuse every edit that is made with this token');
  if (options.anyway === true) return succeed(undefined);
  if (questions === null) return fail(NOT_OWNER);
  const message = 'Go on all the same? Nothing can be written then.';
  return (await questions.confirm({ message, proposed: false })) ? succeed(undefined) : fail(NOT_OWNER);
}

/** A token in the environment wins over what is saved, so no other one can stand in for it. */
function withTokenAdvice(failure: Failure, isInEnvironment: boolean): Failure {
  if (failure.class !== 'auth') return failure;
  const advice = isInEnvironment
    ? 'Correct PLEXSYNC_PLEX_TOKEN; or take it out of the environment, and the token of this server is saved.'
    : 'Sign in with Plex; or look whether the token was pasted whole.';
  return { ...failure, advice };
}

const NOT_OWNER: Failure = {
  class: 'auth',
  message: 'The token is not that of the server’s owner.',
  advice: 'Have the owner of the server sign in; --anyway goes on all the same.',
};
