import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What Stash is told to bind to, and tells plugins as it stands (stash reference §2.1). */
export interface Binding {
  /** Such as `0.0.0.0` or `[::]`; an address of IPv6 needs its brackets. */
  readonly host: string;
  /** With a certificate that signs itself, as people make them for Stash. */
  readonly isSecure: boolean;
}

const CERTIFICATE = new URL('fixtures/selfSigned.pem', import.meta.url);

export function makeServer(listener: RequestListener, { isSecure }: Binding): Server {
  if (!isSecure) return createServer(listener);
  const pem = readFileSync(CERTIFICATE);
  return createSecureServer({ cert: pem, key: pem }, listener);
}

/** The port. Where Stash would listen on all addresses, the simulator does on that of loopback. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, loopbackOf(host).replaceAll(/[[\]]/g, ''), resolve);
  await promise;
  server.off('error', reject);
  return (server.address() as AddressInfo).port;
}

/** As whoever is on the same machine writes it into a URL. */
export function urlOf({ host, isSecure }: Binding, port: number): string {
  return `${isSecure ? 'https' : 'http'}://${loopbackOf(host)}:${port}`;
}

function loopbackOf(host: string): string {
  if (host.includes(':') && !host.startsWith('['))
    throw new Error(`listen tcp: ${host}: too many colons in address`);
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '[::]' ? '[::1]' : host;
}
