import type { Failure } from '../../core/failure.ts';
import type { Reach } from '../../core/firstRun/connectionOrder.ts';
import type { ListedServer } from '../../core/firstRun/plexServer.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import { addressHint, serverHint, shortUrl } from '../../setup/serverWords.ts';
import { identityAt, type PlexAsking, type TriedServer, tryServer } from '../../setup/tryPlex.ts';
import { addressLines } from './addressLines.ts';
import { settingProblem, settingValue } from './settingProblem.ts';
import { missing, type SetupTalk, settled } from './setupTalk.ts';

export interface ChosenServer {
  readonly url: string;
  readonly version: string;
  /** Null: by an address that a person gave. */
  readonly reach: Reach | null;
  /** As plex.tv lists it; null: it does not, for this token. */
  readonly listed: ListedServer | null;
}

/**
 * Which server, and at which address: those that plex.tv lists are tried side by side and the best is proposed.
 *
 * @param servers null: plex.tv did not tell
 */
export async function chooseServer(
  talk: SetupTalk,
  servers: readonly ListedServer[] | null,
  asking: PlexAsking,
): Promise<Result<ChosenServer>> {
  const url = settled(talk, 'plex_url');
  if (url !== null) return serverAt(String(url.value), servers, asking);
  if (servers === null || servers.length === 0) return typedServer(talk, servers, asking);
  const tried = await talk.screen.during('Looking for your servers …', () =>
    Promise.all(servers.map((server) => tryServer(server, { ...asking, clock: talk.clock }))),
  );
  for (const each of tried) showTried(talk, each);
  const one = await oneOf(talk, tried);
  if (!one.ok) return one;
  const { server, addresses, best } = one.value;
  const good = addresses.filter(({ outcome }) => outcome.kind === 'good');
  if (talk.questions !== null && good.length !== 1) {
    const chosen = await talk.questions.choose<string | null>({
      message: `How is ${server.name} to be reached?`,
      choices: [
        ...good.map((address) => ({
          value: address.url,
          label: shortUrl(address.url),
          hint: addressHint(address),
        })),
        { value: null, label: 'By another address' },
      ],
      proposed: 0,
    });
    if (chosen === null) return typedServer(talk, servers, asking);
    return succeed(chosenOf(one.value, chosen));
  }
  return best === null ? fail(notReached(server)) : succeed(chosenOf(one.value, best.url));
}

function showTried({ screen }: SetupTalk, { server, addresses }: TriedServer): void {
  screen.found(
    addresses.some(({ outcome }) => outcome.kind === 'good') ? 'good' : 'bad',
    'Server',
    `${server.name}${server.isOwned ? '' : ', somebody else’s'}`,
  );
  for (const line of addressLines(addresses)) screen.lines(`  ${line}`);
  if (addresses.length === 0) screen.detail('plex.tv knows no address of it.');
}

async function oneOf(talk: SetupTalk, tried: readonly TriedServer[]): Promise<Result<TriedServer>> {
  const { plexServer } = talk.options;
  const names = tried.map(({ server }) => JSON.stringify(server.name)).join(', ');
  if (plexServer !== undefined) {
    const named = tried.filter(({ server }) => isNamed(server, plexServer));
    const [one] = named;
    if (one !== undefined && named.length === 1) return succeed(one);
    const message = `--plex-server: found ${JSON.stringify(plexServer)}; allowed: one of ${names}, or an identifier.`;
    return fail({ class: 'settings', message, advice: 'Name one of these servers.' });
  }
  const [only] = tried;
  if (only !== undefined && tried.length === 1) return succeed(only);
  if (talk.questions !== null) {
    const proposed = tried.findIndex(({ server, best }) => server.isOwned && best !== null);
    const choices = tried.map((each) => ({ value: each, label: each.server.name, hint: serverHint(each) }));
    return succeed(
      await talk.questions.choose({ message: 'Which server?', choices, proposed: Math.max(0, proposed) }),
    );
  }
  const owned = tried.filter(({ server, best }) => server.isOwned && best !== null);
  const [mine] = owned;
  if (mine !== undefined && owned.length === 1) return succeed(mine);
  return fail({
    class: 'settings',
    message: `There are several servers: ${names}.`,
    advice: 'Name one by --plex-server.',
  });
}

const isNamed = ({ name, machineIdentifier }: ListedServer, wanted: string): boolean =>
  machineIdentifier === wanted || name.toLowerCase() === wanted.toLowerCase();

function chosenOf({ server, addresses }: TriedServer, url: string): ChosenServer {
  const address = addresses.find((each) => each.url === url);
  const version = address?.outcome.kind === 'good' ? address.outcome.version : '';
  return { url, version, reach: address?.reach ?? null, listed: server };
}

const notReached = ({ name }: ListedServer): Failure => ({
  class: 'unreachable',
  message: `No address of ${JSON.stringify(name)} leads to it from here.`,
  advice: 'Start it, or name an address that does by --plex-url.',
});

async function typedServer(
  talk: SetupTalk,
  servers: readonly ListedServer[] | null,
  asking: PlexAsking,
): Promise<Result<ChosenServer>> {
  if (talk.questions === null) throw missing('plex_url', 'Give it by --plex-url or PLEXSYNC_PLEX_URL.');
  const before = talk.given('plex_url');
  const typed = await talk.questions.text({
    message: 'Address of Plex',
    proposed: before === null ? 'http://127.0.0.1:32400' : String(before.value),
    problemOf: settingProblem('plex_url'),
  });
  return serverAt(String(settingValue('plex_url', typed)), servers, asking);
}

async function serverAt(
  url: string,
  servers: readonly ListedServer[] | null,
  asking: PlexAsking,
): Promise<Result<ChosenServer>> {
  const identity = await identityAt(url, asking);
  if (!identity.ok) return identity;
  const { machineIdentifier, version } = identity.value;
  const listed = servers?.find((server) => server.machineIdentifier === machineIdentifier) ?? null;
  return succeed({ url, version, reach: null, listed });
}
