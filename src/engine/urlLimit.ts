import type { Meta } from '../store/port.ts';

const META_KEY = 'url-is-limited';
/** Below what servers and proxies are known to take (8 kB), with room for the rest of the URL. */
const MAX_ENCODED = 7_000;

/**
 * Nobody has found out how long a URL Plex takes [U], and proxies before it differ. So long texts go whole
 * until one is refused; from then on they are cut to what surely fits.
 */
export async function maxEncodedOf(meta: Meta): Promise<number | null> {
  return (await meta.get(META_KEY)) === null ? null : MAX_ENCODED;
}

export async function learnUrlLimit(meta: Meta): Promise<void> {
  await meta.set(META_KEY, 'yes');
}
