import { HELD_BY, type Hold } from '../hold.ts';
import { counted } from '../quantityInWords.ts';

/** `by a person (mended by hand)`. */
export const heldByWords = ({ by, reason }: Hold): string =>
  `by ${HELD_BY[by]}${reason === '' ? '' : ` (${reason})`}`;

/** `1 scene held`, and how many were so before. */
export function heldWords(held: number, asked: number): string {
  const already = asked - held;
  return `${counted(held, 'scene')} held${already === 0 ? '' : `, ${already} held already`}`;
}

export const NONE_HELD = 'None of them was held.';
export const releasedWords = (released: number): string => `${counted(released, 'scene')} released`;
