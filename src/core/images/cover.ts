import type { ImageFormat } from './imageFormat.ts';

/** Of a cover: its identity, how it begins, and how long it is. */
export interface CoverHead {
  /** Changes with the bytes: Stash's ETag, which is their MD5 (stash reference §3.3). */
  readonly tag: string;
  /** Bytes; null when the server does not tell. */
  readonly size: number | null;
  readonly format: Exclude<ImageFormat, 'web-page'>;
}

/** Kometa skips what is larger, Plex's own limit is not known [U] (plex reference §3.6). */
export const MAX_IMAGE_BYTES = 10_480_000;

/**
 * What Stash shows for a scene without a cover: an SVG of 733 bytes, with status 200, the same from 0.18 to 0.30
 * (`internal/static/scene/scene.svg`). Its ETag is the MD5 of it.
 */
const PLACEHOLDER_TAGS: ReadonlySet<string> = new Set(['"5aedb3fa13f6bcea641a6957afd2390d"']);

/** Why a cover is not sent, in the words of plan, log and status. */
export const SKIP_REASONS = {
  'no-cover': 'the scene has no cover',
  'too-large': 'the cover has more than 10,480,000 bytes, which Plex may not take',
  svg: 'the cover is an SVG, which Plex does not take',
  webp: 'the cover is a WebP; only JPEG and PNG are sent',
  gif: 'the cover is a GIF; only JPEG and PNG are sent',
  avif: 'the cover is an AVIF or HEIC; only JPEG and PNG are sent',
  video: 'the cover is a video',
  unknown: 'the cover is no image that PlexSync knows',
} as const satisfies Record<string, string>;
export type SkipReason = keyof typeof SKIP_REASONS;
export const SKIP_REASON_NAMES = Object.keys(SKIP_REASONS) as readonly SkipReason[];

/** Null: it can be sent. */
export function whyNotSent({ tag, size, format }: CoverHead): SkipReason | null {
  if (PLACEHOLDER_TAGS.has(tag)) return 'no-cover';
  if (size !== null && size > MAX_IMAGE_BYTES) return 'too-large';
  return format === 'jpeg' || format === 'png' ? null : format;
}
