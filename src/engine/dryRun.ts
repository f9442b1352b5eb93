import { fail, type Result } from '../core/result.ts';
import type { PlexClient } from '../plex/plexClient.ts';

/** Each method is one or the other, so that a new one cannot come without an answer. */
const WRITES: { readonly [Name in keyof PlexClient]: boolean } = {
  identity: false,
  checkToken: false,
  isOwner: false,
  serverTime: false,
  sections: false,
  countStreams: false,
  poster: false,
  sectionPage: false,
  items: false,
  images: false,
  scanFolder: true,
  edit: true,
  uploadImage: true,
  selectImage: true,
  lockImage: true,
};

/**
 * A client that changes nothing in Plex, for a dry run. Those who write look at the setting themselves, to say what
 * they would do; whoever forgot to is stopped here.
 */
export function readOnly(plex: PlexClient): PlexClient {
  const refused = Object.entries(WRITES).flatMap(([name, isWrite]) =>
    isWrite ? [[name, () => refuse(name)] as const] : [],
  );
  return { ...plex, ...Object.fromEntries(refused) };
}

const refuse = (name: string): Promise<Result<never>> =>
  Promise.resolve(
    fail({
      class: 'unexpected',
      peer: 'plex',
      message: `In a dry run nothing is written: ${name} was not sent.`,
    }),
  );
