import fc from 'fast-check';
import { ratingKey, sectionUuid } from '../ids.ts';
import type { SceneFile } from '../scene.ts';
import type { CandidatePart } from './candidates.ts';
import type { PathMap } from './pathMap.ts';
import { type MatchRequest, matchScene, type Verdict } from './verdict.ts';

/** A file of a scene; what a test does not say is unremarkable. */
export function file(path: string, facts: Partial<SceneFile> = {}): SceneFile {
  const basename = path.split(/[\\/]/).at(-1) ?? path;
  return {
    path,
    basename,
    size: 1_000,
    durationMs: 60_000,
    oshash: `hash of ${path}`,
    isInZip: false,
    ...facts,
  };
}

type PartFacts = Partial<Pick<CandidatePart, 'id' | 'size' | 'durationMs' | 'title'>>;

/** A part of the item, written `section/ratingKey`. */
export function part(item: string, path: string, facts: PartFacts = {}): CandidatePart {
  const [section = '', key = ''] = item.split('/');
  const itemKey = { section: sectionUuid(section), ratingKey: ratingKey(key) };
  return { id: '1', item: itemKey, path, size: 1_000, durationMs: 60_000, title: 'A title', ...facts };
}

export const DATA_TO_MEDIA: readonly PathMap[] = [{ from: '/data', to: '/media', support: 9 }];

export type MatchFacts = Partial<MatchRequest<CandidatePart>>;

/** The verdict on one file in `/data/x`, but for what the test says. */
export function match(facts: MatchFacts): Verdict<CandidatePart> {
  const rest = { pinned: [], candidates: [], maps: DATA_TO_MEDIA, isStrict: true, isPlexCaseSensitive: null };
  return matchScene({ files: [file('/data/x/a.mp4')], ...rest, ...facts });
}

/** `matched: lib/7 by path`, one line of what was decided. */
export function summary(verdict: Verdict<CandidatePart>): string {
  const name = ({ item }: Pick<CandidatePart, 'item'>): string => `${item.section}/${item.ratingKey}`;
  switch (verdict.kind) {
    case 'matched':
      return `matched: ${verdict.links.map((link) => `${name(link)} by ${link.evidence}`).join(', ')}`;
    case 'ambiguous':
      return `ambiguous by ${verdict.evidence}: ${verdict.candidates.map(name).join(', ')}`;
    case 'none':
      return `none: ${verdict.nearest.map((near) => `${name(near)} ${near.reason}`).join(', ')}`;
    case 'not-syncable':
      return 'not-syncable';
  }
}

/** Few folders, so that mounts lie in each other and look alike; with names that machines spell in two ways. */
export const folderName = fc.constantFrom('a', 'b', 'data', 'Café', '#1 100%', 'x & y? +z', 'line\nend');

export type Style = 'posix' | 'windows' | 'unc';

export function absolute(style: Style, segments: readonly string[]): string {
  if (style === 'posix') return `/${segments.join('/')}`;
  return (style === 'windows' ? 'D:\\' : '\\\\nas\\') + segments.join('\\');
}

export const style: fc.Arbitrary<Style> = fc.constantFrom('posix', 'windows', 'unc');

/** One spelling of each: another Unicode form names the same file. */
export const unicodeForm = fc.constantFrom('NFC', 'NFD');
