export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'svg' | 'video' | 'web-page' | 'unknown';

/** Bytes that tell every format below. */
export const HEAD_BYTES = 64;

/** ISO media files: pictures by these brands, else films. */
const PICTURE_BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'mif1']);

/** What bytes are, by how they begin: Stash keeps whatever it is given as a cover, and a type is only a claim. */
export function formatOf(bytes: Uint8Array): ImageFormat {
  const head = Array.from(bytes.subarray(0, HEAD_BYTES), (byte) => String.fromCharCode(byte)).join('');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(head)) return 'gif';
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WEBP' ? 'webp' : 'video';
  if (head.slice(4, 8) === 'ftyp') return PICTURE_BRANDS.has(head.slice(8, 12)) ? 'avif' : 'video';
  if (head.startsWith('\x1aE\xdf\xa3')) return 'video';
  const text = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'web-page';
  return /^<(svg|\?xml|!--|!doctype svg)/.test(text) ? 'svg' : 'unknown';
}
