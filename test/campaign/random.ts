import { crc32 } from 'node:zlib';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Draws that depend on a seed and a name alone. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Both ends included. */
  integer(from: number, to: number): number;
  pick<Value>(values: readonly Value[]): Value;
  isChance(share: number): boolean;
  /** Others of the same seed, so that one more draw here moves none there. */
  named(name: string): Random;
}

export function randomOf(seed: number, name: string): Random {
  // Of this one the first draws differ, too, from one seed to the next.
  const generator = mersenne(seed ^ crc32(name));
  const next = (): number => uniformFloat64(generator);
  const integer = (from: number, to: number): number => uniformInt(generator, from, to);
  return {
    next,
    integer,
    pick: (values) => {
      if (values.length === 0) throw new RangeError('there is nothing to pick from');
      return values[integer(0, values.length - 1)] as (typeof values)[number];
    },
    isChance: (share) => next() < share,
    named: (other) => randomOf(seed, `${name}/${other}`),
  };
}
