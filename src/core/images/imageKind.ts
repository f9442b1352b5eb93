/** The two images of an item that PlexSync carries, both made of the scene's cover. */
export const IMAGE_KINDS = {
  poster: { setting: 'sync_poster', plexList: 'posters', plex: 'poster', lock: 'thumb' },
  background: { setting: 'sync_background', plexList: 'arts', plex: 'art', lock: 'art' },
} as const;

export type ImageKind = keyof typeof IMAGE_KINDS;
export const IMAGE_KIND_NAMES = Object.keys(IMAGE_KINDS) as readonly ImageKind[];

export const isImageKind = (name: string): name is ImageKind => Object.hasOwn(IMAGE_KINDS, name);

/** Kinds that are switched on. */
export const kindsWanted = (
  settings: {
    readonly [Kind in (typeof IMAGE_KINDS)[ImageKind]['setting']]: boolean;
  },
): readonly ImageKind[] => IMAGE_KIND_NAMES.filter((kind) => settings[IMAGE_KINDS[kind].setting]);

/** An image of an item as Plex names it: what was uploaded, or came from the file or an agent. */
export interface PlexImage {
  /** For example `upload://posters/<SHA-1 of the bytes>` or `media://…`. */
  readonly key: string;
  readonly isSelected: boolean;
}

/** By what Plex lists an upload: the SHA-1 of its bytes (plex reference §3.6). */
export const uploadKey = (kind: ImageKind, sha1: string): string =>
  `upload://${IMAGE_KINDS[kind].plexList}/${sha1}`;

export const isUpload = (key: string): boolean => key.startsWith('upload://');
