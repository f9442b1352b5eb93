import { createHash } from 'node:crypto';

/** 128 bits: no two of a library's values collide in practice. */
export const hashText = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);
