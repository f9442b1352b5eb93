import type { Meta } from '../store/port.ts';

const META_KEY = 'full-listing-asked-at';

/**
 * A person wants every library listed whole: each listing before this time (epoch ms) counts as too old. It is
 * kept in the database until all of it is done, so that neither a crash nor a server that is away forgets it.
 */
export async function fullListingAskedAt(meta: Meta): Promise<number | null> {
  const text = await meta.get(META_KEY);
  return text === null ? null : Number(text);
}

export const askForFullListing = (meta: Meta, now: number): Promise<void> => meta.set(META_KEY, String(now));

/** Nobody wants it any more. */
export const forgetFullListing = (meta: Meta): Promise<void> => meta.delete(META_KEY);

/** Unless it was asked for once more in the meantime. */
export async function endFullListing(meta: Meta, askedAt: number): Promise<void> {
  if ((await fullListingAskedAt(meta)) === askedAt) await meta.delete(META_KEY);
}
