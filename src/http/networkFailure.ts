import type { HttpFailure } from './httpFailure.ts';

export interface Circumstances {
  /** The server as people call it. */
  readonly name: string;
  /** For example `GET http://127.0.0.1:32400/identity`. */
  readonly description: string;
  readonly hasAnswerBegun: boolean;
}

/** Names what Node reports by its code; its texts may hold more than people should see. */
export function networkFailure(error: unknown, circumstances: Circumstances): HttpFailure {
  const code = codeOf(error);
  const { name, description, hasAnswerBegun } = circumstances;
  const tell = (words: string): string => `${words} (${code}): ${description}`;
  if (hasAnswerBegun) {
    return { kind: 'truncated', message: tell(`${name} broke off in the middle of its answer`) };
  }
  if (isTlsCode(code)) return { kind: 'tls', code, message: tell(`No secure connection to ${name}`) };
  if (code.startsWith('HPE_')) {
    return { kind: 'not-http', message: tell(`What answers in place of ${name} does not speak HTTP`) };
  }
  const known = KNOWN_CODES[code];
  if (known === undefined) {
    return { kind: 'network', message: tell(`${name} cannot be reached`) };
  }
  return { kind: known.kind, message: tell(known.words(name)) };
}

type KnownKind = 'refused' | 'dns' | 'connect-timeout' | 'reset';

const refused = { kind: 'refused', words: (name: string) => `${name} refused the connection` } as const;
const unknownHost = { kind: 'dns', words: (name: string) => `The host of ${name} has no address` } as const;
const reset = { kind: 'reset', words: (name: string) => `${name} closed the connection unanswered` } as const;

const KNOWN_CODES: Readonly<
  Record<string, { readonly kind: KnownKind; readonly words: (name: string) => string }>
> = {
  ECONNREFUSED: refused,
  // A Unix socket that is not there.
  ENOENT: refused,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ETIMEDOUT: { kind: 'connect-timeout', words: (name) => `${name} did not accept the connection in time` },
  ECONNRESET: reset,
  EPIPE: reset,
};

/** Certificates (OpenSSL's X509 names), handshakes, and speaking TLS to a server that does not (EPROTO). */
function isTlsCode(code: string): boolean {
  return (
    /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code) ||
    code === 'EPROTO' ||
    code === 'HOSTNAME_MISMATCH' ||
    code === 'INVALID_CA'
  );
}

function codeOf(error: unknown): string {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : 'no code';
}
