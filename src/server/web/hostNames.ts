import { isIP } from 'node:net';

/** Names below these are no one's in public: RFC 6761, 6762, 8375, and what routers hand out. */
const PRIVATE_ENDINGS = ['.localhost', '.local', '.internal', '.home.arpa', '.lan', '.home'];

/** Whether only this machine can reach what listens there. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);

/**
 * Whether a request that names this host can be none that a page of a stranger made in a user's browser, by having
 * its own name point at us (DNS rebinding): such a name is a public one. Addresses, names without a dot, as between
 * containers, and private names are not.
 */
export function isPrivateHost(header: string | undefined): boolean {
  const host = hostOf(header ?? '');
  if (host === null) return false;
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return true;
  return !host.includes('.') || PRIVATE_ENDINGS.some((ending) => host.endsWith(ending));
}

/** Without its port, in lower case, and without the dot that may end it; null when it is no host. */
export function hostOf(header: string): string | null {
  if (!/^[\w.:[\]-]+$/.test(header)) return null;
  const url = URL.parse(`http://${header}`);
  return url === null || url.hostname === '' ? null : url.hostname.replace(/\.$/, '');
}
