import * as v from 'valibot';
import { parseJsonPrefix } from './jsonPrefix.ts';

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

/** How a plugin reaches the Stash that started it. */
export interface ServerConnection {
  /** Without a slash at the end. Stash knows no path prefix of its own. */
  readonly url: string;
  /** Null when Stash could not make one. */
  readonly cookie: SessionCookie | null;
}

/** From the first 64 KiB of a plugin's stdin, whatever was asked of it (stash reference §2.1); null when it is not there. */
export function decodeServerConnection(bytes: Uint8Array): ServerConnection | null {
  const parsed = v.safeParse(InputSchema, parseJsonPrefix(new TextDecoder().decode(bytes)));
  if (!parsed.success) return null;
  const { Scheme, Host, Port, SessionCookie: cookie } = parsed.output.server_connection;
  const url = `${Scheme}://${connectableHost(Host)}:${Port}`;
  if (URL.parse(url) === null) return null;
  const hasCookie = cookie !== null && cookie.Name !== '' && cookie.Value !== '';
  return { url, cookie: hasCookie ? { name: cookie.Name, value: cookie.Value } : null };
}

const InputSchema = v.object({
  server_connection: v.object({
    Scheme: v.picklist(['http', 'https']),
    Host: v.string(),
    Port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
    SessionCookie: v.optional(v.nullable(v.object({ Name: headerText(), Value: headerText() })), null),
  }),
});

/** It goes into a header: nothing that could end one. */
function headerText() {
  return v.pipe(v.string(), v.regex(/^[\x21-\x3a\x3c-\x7e]*$/));
}

/** The host is the one that Stash listens on: "all" is no address to connect to (stash reference §2.1). */
function connectableHost(host: string): string {
  switch (host) {
    case '':
    case '0.0.0.0':
      return '127.0.0.1';
    case '::':
    case '[::]':
      return '[::1]';
    default:
      return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  }
}
