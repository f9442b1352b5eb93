/**
 * A made-up library that both simulators can be filled with, so that scenes and items belong together. The
 * same `count` always gives the same list, and a longer list begins with the shorter one.
 */
export interface SampleFile {
  /** The scene's title in Stash; empty for every tenth, as if it had only been scanned. */
  readonly title: string;
  /** The file as Stash's host sees it. */
  readonly stashPath: string;
  /** The same file as Plex's host sees it. */
  readonly plexPath: string;
  readonly size: number;
  readonly durationMs: number;
  /** 16 hexadecimal digits. */
  readonly oshash: string;
  readonly studio: string;
  readonly performers: readonly string[];
  readonly tags: readonly string[];
}

const STASH_PREFIX = '/data/';
const PLEX_PREFIX = '/media/';

const PLACES = [
  'Harbour',
  'Orchard',
  'Attic',
  'Lighthouse',
  'Café Ořech',
  'Railway',
  'Garden',
  'Rooftop',
  'Library',
  'Mill',
];
const MOODS = [
  'Quiet',
  'Golden',
  'Rainy',
  'Late',
  'First',
  'Borrowed',
  'Northern',
  'Hidden',
  'Long',
  'Paper',
];
const STUDIOS = [
  'Blue Door',
  'Kingfisher & Sons',
  'Studio Č',
  'North Pier',
  'Paper Lantern',
  '[Brackets]',
  'Long Exposure',
];
const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Chloé',
  'Dana',
  'Emil',
  'Freya',
  'Gus',
  'Hana',
  'Ivo',
  'June',
  'Kai',
  'Lena',
];
const LAST_NAMES = [
  'Archer',
  'Brook',
  'Carver',
  'Dvořák',
  'Ember',
  'Field',
  'Grove',
  'Hale',
  "O'Dell",
  'Quill',
  'Stone',
];
const TAGS = [
  'Outdoor',
  'Night',
  'Duet',
  'Interview',
  'Black & White',
  'Slow',
  'Closeup',
  'Série',
  'Rain',
  '4K',
  'Archive',
];

export function sampleLibrary(count: number): readonly SampleFile[] {
  return Array.from({ length: count }, (_, index) => sampleFile(index + 1));
}

export function sampleFile(number: number): SampleFile {
  const random = randomNumbers(number);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  const pickSome = (most: number, draw: () => string): readonly string[] => [
    ...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, draw)),
  ];
  const studio = pick(STUDIOS);
  const title = `${pick(MOODS)} ${pick(PLACES)} ${number}`;
  const path = `${studio}/${2010 + Math.floor(random() * 15)}/${title}.mp4`;
  return {
    title: number % 10 === 0 ? '' : title,
    stashPath: STASH_PREFIX + path,
    plexPath: PLEX_PREFIX + path,
    size: 200_000_000 + Math.floor(random() * 4_000_000_000),
    durationMs: 60_000 + Math.floor(random() * 7_000_000),
    oshash: Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join(''),
    studio,
    performers: pickSome(3, () => `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`),
    tags: pickSome(5, () => pick(TAGS)),
  };
}

/** Numbers in [0, 1) that depend on the seed alone (splitmix32). */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 0x85ebca6b);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
