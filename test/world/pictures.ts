import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

/** Bytes that begin as a PNG does; another name, another picture. */
export const png = (name: string): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(name)]);

/** Begins as the format does. */
export const pictures = {
  jpeg: Buffer.from('\xff\xd8\xff\xe0..JFIF', 'latin1'),
  webp: Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1'),
  gif: Buffer.from('GIF89a......'),
  avif: Buffer.from('\x00\x00\x00\x20ftypavif....', 'latin1'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  video: Buffer.from('\x00\x00\x00\x20ftypmp42....', 'latin1'),
  unknown: Buffer.from('nothing at all'),
} as const;

/** As Plex names an upload. */
export const posterKey = (bytes: Buffer): string =>
  `upload://posters/${createHash('sha1').update(bytes).digest('hex')}`;
