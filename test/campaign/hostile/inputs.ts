import fc from 'fast-check';
import { HOSTILE_TEXTS } from '../../world/hostileTexts.ts';
import { changedJson } from './nestedJson.ts';
import { bytesOf, jsonOf } from './target.ts';

/** No input is longer: the time that one may take is counted for these. */
export const LONGEST_INPUT = 1024 * 1024;

/** Signs that mean something to one parser or another, alone and in rows. */
const SIGNS: readonly string[] = [
  ...['{', '}', '[', ']', '"', '\\', '\\u', '/', '//', '\\\\', ':', ',', '.', '..', '=', '=>', '<', '>', '&'],
  ...[
    '%',
    '%25',
    '#',
    '?',
    '*',
    '+',
    '-',
    '0',
    '9',
    'a',
    'A:',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u001b[',
    '\u00ff',
  ],
  ...[
    '\ufeff',
    '\u200d',
    '\u0301',
    '\ud83d\udc69\u200d',
    '\u{1f1e6}',
    '"/',
    "'/",
    ' /',
    '/;',
    '{title}',
    '{}',
  ],
  ...[
    '<Response ',
    ' status="',
    'cookie:',
    'plex_token=',
    'X-Plex-Token=',
    'bearer ',
    'null',
    'true',
    '1e9',
    '""',
  ],
];

type Edit =
  | { readonly kind: 'cut' | 'take-out' | 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'put-in'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'byte'; readonly at: number; readonly byte: number };

const at = fc.nat(2 ** 20);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('cut' as const, 'take-out' as const, 'repeat' as const),
    at,
    length: fc.nat(64),
  }),
  fc.record({
    kind: fc.constant('put-in' as const),
    at,
    bytes: fc.constantFrom(...SIGNS, ...HOSTILE_TEXTS).map(bytesOf),
  }),
  fc.record({ kind: fc.constant('byte' as const), at, byte: fc.nat(255) }),
);

function edited(bytes: Uint8Array, change: Edit): Uint8Array {
  const place = change.at % (bytes.length + 1);
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (change.kind) {
    case 'cut':
      return head;
    case 'take-out':
      return joined([head, tail.subarray(change.length)]);
    case 'repeat':
      return joined([head, tail.subarray(0, change.length), tail]);
    case 'put-in':
      return joined([head, change.bytes, tail]);
    case 'byte':
      return joined([head, Uint8Array.of(change.byte), tail.subarray(1)]);
  }
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Rows of one sign between two others: what makes a pattern look at the same text again and again. */
const row: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(...SIGNS),
    fc.constantFrom(...SIGNS, ''),
    fc.constantFrom(10, 1_000, 60_000),
    fc.constantFrom(...SIGNS, ''),
  )
  .map(([one, two, length, end]) =>
    bytesOf((one + two).repeat(Math.ceil(length / (one + two).length)) + end),
  );

const noise = fc.uint8Array({ maxLength: 300 });

/** What a target is fed: good inputs with some bytes or parts changed, rows of signs, and noise. */
export function hostileInputs(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const json = seeds.map(jsonOf).filter((value) => typeof value === 'object' && value !== null);
  const changedBytes = fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 6 }))
    .map(([seed, edits]) => edits.reduce(edited, seed));
  return fc
    .oneof(
      { weight: 6, arbitrary: changedBytes },
      {
        weight: json.length === 0 ? 0 : 12,
        arbitrary: json.length === 0 ? noise : changedJson(json).map(bytesOf),
      },
      { weight: 1, arbitrary: row },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom(...seeds), at, row)
          .map(([seed, place, bytes]) => edited(seed, { kind: 'put-in', at: place, bytes })),
      },
      { weight: 1, arbitrary: noise },
    )
    .map((bytes) => bytes.subarray(0, LONGEST_INPUT));
}
