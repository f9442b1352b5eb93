import type { Failure, FailureClass, Peer } from '../core/failure.ts';
import type { HttpFailure } from './httpFailure.ts';

/** What is to be done about a failed request to one of the two servers. */
export function peerFailure(peer: Peer, failure: HttpFailure): Failure {
  const advice = adviceFor(peer, failure);
  return {
    class: classOf(failure),
    peer,
    message: failure.message,
    ...(advice === null ? {} : { advice }),
    ...(failure.kind === 'status' && failure.retryAfterMs !== undefined
      ? { retryAfterMs: failure.retryAfterMs }
      : {}),
    ...(failure.kind === 'status' && TOO_LONG.has(failure.status) ? { isTooLong: true } : {}),
  };
}

/** URI Too Long, Request Header Fields Too Large. */
const TOO_LONG: ReadonlySet<number> = new Set([414, 431]);

function classOf(failure: HttpFailure): FailureClass {
  switch (failure.kind) {
    case 'refused':
    case 'dns':
    case 'network':
    case 'connect-timeout':
    case 'read-timeout':
    case 'cut-off':
    case 'reset':
    case 'truncated':
      return 'unreachable';
    case 'tls':
    case 'redirect':
    case 'not-http':
    case 'unsendable':
      return 'settings';
    case 'too-large':
    case 'bad-encoding':
    case 'not-json':
      return 'rejected';
    case 'status':
      return classOfStatus(failure.status);
  }
}

function classOfStatus(status: number): FailureClass {
  if (status === 401 || status === 403) return 'auth';
  return [429, 502, 503, 504].includes(status) ? 'unreachable' : 'rejected';
}

function adviceFor(peer: Peer, failure: HttpFailure): string | null {
  switch (failure.kind) {
    case 'tls':
      return tlsAdvice(peer, failure.code);
    case 'redirect':
      return `Set ${peer}_url to the address that answers itself; redirects are not followed, so that no key goes elsewhere.`;
    case 'not-http':
      return `Check host and port in ${peer}_url.`;
    case 'unsendable':
      return `Check ${peer}_url and ${peer === 'plex' ? 'plex_token' : 'stash_api_key'} for line breaks and other characters that do not belong there.`;
    default:
      return null;
  }
}

function tlsAdvice(peer: Peer, code: string): string {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return `If the server speaks plain HTTP there, begin ${peer}_url with http://.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return `Use the host name that the certificate is made for in ${peer}_url (Plex: the *.plex.direct name), or set ${peer}_tls_verify to false on your own network.`;
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'Renew the certificate of the server, or correct the clock of this machine.';
  }
  return `If the server is yours and its certificate self-signed, set ${peer}_tls_verify to false.`;
}
