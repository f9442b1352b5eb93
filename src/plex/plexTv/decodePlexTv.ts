import * as v from 'valibot';
import type { ListedServer } from '../../core/firstRun/plexServer.ts';
import { machineIdentifier } from '../../core/ids.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import { issueWords } from '../../http/issueWords.ts';
import { count, digits, flag, text } from '../lenient.ts';
import type { Account } from './plexTvClient.ts';

/** What plex.tv answers; failures say in words what does not fit. */

/** Where plex.tv does not say how long a pin holds [U]. */
const PIN_LIFE_S = 900;

const PinSchema = v.object({
  id: digits,
  code: v.pipe(v.string(), v.nonEmpty()),
  expiresIn: count,
  authToken: v.nullish(v.string(), null),
});

export interface DecodedPin {
  readonly id: string;
  readonly code: string;
  readonly lifeMs: number;
  /** Null until a person has signed in. */
  readonly token: string | null;
}

export function decodePin(json: unknown): Result<DecodedPin, string> {
  const parsed = v.safeParse(PinSchema, json);
  if (!parsed.success) return fail(issueWords(parsed.issues));
  const { id, code, expiresIn, authToken } = parsed.output;
  return succeed({
    id,
    code,
    lifeMs: (expiresIn ?? PIN_LIFE_S) * 1000,
    token: authToken === '' ? null : authToken,
  });
}

const AccountSchema = v.object({ friendlyName: text, title: text, username: text });

export function decodeAccount(json: unknown): Result<Account, string> {
  const parsed = v.safeParse(AccountSchema, json);
  if (!parsed.success) return fail(issueWords(parsed.issues));
  const { friendlyName, title, username } = parsed.output;
  return succeed({ name: friendlyName || title || username });
}

const ConnectionSchema = v.object({
  uri: v.string(),
  address: v.nullish(v.string(), ''),
  port: v.pipe(
    count,
    v.transform((port) => port ?? 32400),
  ),
  local: flag,
  relay: flag,
  IPv6: flag,
});

const ResourceSchema = v.object({
  name: text,
  provides: text,
  clientIdentifier: v.pipe(v.string(), v.nonEmpty()),
  accessToken: text,
  owned: flag,
  httpsRequired: flag,
  connections: v.nullish(v.array(ConnectionSchema), []),
});

/** Players and apps stand in the same list; what is no server, or none that makes sense, is passed over. */
export function decodeServers(json: unknown): Result<readonly ListedServer[], string> {
  const listed = v.safeParse(v.array(v.unknown()), json);
  if (!listed.success) return fail(issueWords(listed.issues));
  return succeed(
    listed.output.flatMap((entry) => {
      const parsed = v.safeParse(ResourceSchema, entry);
      if (!parsed.success || !parsed.output.provides.split(',').includes('server')) return [];
      const { name, clientIdentifier, accessToken, owned, httpsRequired, connections } = parsed.output;
      return [
        {
          name: name === '' ? clientIdentifier : name,
          machineIdentifier: machineIdentifier(clientIdentifier),
          accessToken,
          isOwned: owned,
          isHttpsRequired: httpsRequired,
          connections: connections.map(({ uri, address, port, local, relay, IPv6 }) => ({
            uri,
            address,
            port,
            isLocal: local,
            isRelay: relay,
            isIPv6: IPv6,
          })),
        },
      ];
    }),
  );
}
