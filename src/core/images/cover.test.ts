import { describe, expect, test } from 'vitest';
import { pictures, png } from '../../../test/world/pictures.ts';
import { type CoverHead, MAX_IMAGE_BYTES, whyNotSent } from './cover.ts';
import { formatOf } from './imageFormat.ts';

describe('bytes are told by how they begin', () => {
  test.each([
    ['jpeg', pictures.jpeg],
    ['png', png('')],
    ['webp', pictures.webp],
    ['gif', pictures.gif],
    ['avif', pictures.avif],
    ['svg', pictures.svg],
    ['svg', Buffer.from('\xef\xbb\xbf <?xml version="1.0"?><svg/>', 'latin1')],
    ['video', pictures.video],
    ['video', Buffer.from('\x1aE\xdf\xa3....webm', 'latin1')],
    ['video', Buffer.from('RIFF....AVI LIST')],
    ['web-page', Buffer.from('\n<!DOCTYPE html><html>')],
    ['unknown', Buffer.alloc(0)],
    ['unknown', Buffer.from('PNG')],
    ['unknown', Buffer.from('GIF8')],
  ])('%s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });
});

describe('a cover', () => {
  const head = (change: Partial<CoverHead>): CoverHead => ({
    tag: '"a"',
    size: 1,
    format: 'jpeg',
    ...change,
  });

  test.each<[string | null, Partial<CoverHead>]>([
    [null, {}],
    [null, { format: 'png', size: MAX_IMAGE_BYTES }],
    [null, { size: null }],
    ['too-large', { size: MAX_IMAGE_BYTES + 1 }],
    ['webp', { format: 'webp' }],
    ['unknown', { format: 'unknown' }],
    ['no-cover', { tag: '"5aedb3fa13f6bcea641a6957afd2390d"', size: 733, format: 'svg' }],
    ['svg', { size: 733, format: 'svg' }],
  ])('is not sent for %s: %j', (reason, facts) => {
    expect(whyNotSent(head(facts))).toBe(reason);
  });
});
