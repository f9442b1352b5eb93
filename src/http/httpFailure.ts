/**
 * What can go wrong between sending a request and holding its whole answer. Data, never thrown. Messages
 * name the server, the request and what came back; they show URLs without query and sign-in, and no headers.
 */
export type HttpFailure = { readonly message: string } & (
  | { readonly kind: PlainKind }
  | { readonly kind: 'tls' /** OpenSSL's name or Node's. */; readonly code: string }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      /** Where it leads, without query; empty when the server does not say. Never followed. */
      readonly location: string;
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** How long the server asked us to wait. */
      readonly retryAfterMs?: number;
      /** Its beginning at least; may be cut. */
      readonly body: string;
    }
  | { readonly kind: 'not-json'; readonly looksLike: 'empty' | 'html' | 'xml' | 'text' }
);

type PlainKind =
  /** Nobody listens there. */
  | 'refused'
  /** The host name has no address. */
  | 'dns'
  /** No route, or another trouble on the way. */
  | 'network'
  | 'connect-timeout'
  /** Silent for too long, or not done after all the time that an answer may take. */
  | 'read-timeout'
  /** We ended before the answer. The request may have been carried out. */
  | 'cut-off'
  /** The connection was closed before any answer. The request may have been carried out. */
  | 'reset'
  /** The connection was closed in the middle of the answer. */
  | 'truncated'
  /** What answers does not speak HTTP. */
  | 'not-http'
  /** A header or the URL cannot be sent, as with a line break in a token. */
  | 'unsendable'
  /** Longer than the caller allows. */
  | 'too-large'
  /** Compressed in a way that we did not ask for, or damaged. */
  | 'bad-encoding';

/** A URL as people may see it: no sign-in, query or fragment, since these can hold secrets. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
