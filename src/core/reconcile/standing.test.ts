import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../failure.ts';
import { ratingKey, sceneId, sectionUuid } from '../ids.ts';
import type { Link } from '../link.ts';
import type { CandidatePart } from '../matching/candidates.ts';
import type { Verdict } from '../matching/verdict.ts';
import type { ListProof } from '../planning/unchanged.ts';
import { standingOf } from './standing.ts';

const file = {
  path: '/data/a.mp4',
  basename: 'a.mp4',
  size: 1,
  durationMs: 1,
  oshash: 'abc',
  isInZip: false,
};
const itemOf = (key: string) => ({ section: sectionUuid('uuid'), ratingKey: ratingKey(key) });
const partOf = (key: string): CandidatePart => ({
  id: key,
  item: itemOf(key),
  title: 'a',
  path: `/media/${key}/a.mp4`,
  size: 1,
  durationMs: 1,
});
const linkTo = (key: string, facts: Partial<Link> = {}): Link => ({
  sceneId: sceneId('1'),
  item: itemOf(key),
  evidence: 'path',
  sceneOshash: file.oshash,
  scenePath: file.path,
  itemPath: partOf(key).path,
  desiredHash: 'hash',
  verifiedUpdatedAt: 1,
  verifiedAt: 1,
  writtenAt: null,
  ...facts,
});
const matched = (...keys: readonly string[]): Verdict<CandidatePart> => ({
  kind: 'matched',
  links: keys.map((key) => ({ item: itemOf(key), evidence: 'path', file, part: partOf(key) })),
});
const none: Verdict<CandidatePart> = { kind: 'none', words: 'no', nearest: [] };
const ambiguous: Verdict<CandidatePart> = {
  kind: 'ambiguous',
  words: 'two',
  evidence: 'path',
  candidates: [],
};
const notSyncable: Verdict<CandidatePart> = { kind: 'not-syncable', words: 'no file' };

const job = (failureClass: FailureClass | null, state: 'dead' | 'waiting' | 'pending' = 'dead') => ({
  state,
  class: failureClass,
});

const standing = (
  verdict: Verdict<CandidatePart>,
  facts: {
    readonly links?: readonly Link[];
    readonly job?: ReturnType<typeof job>;
    readonly proof?: ListProof;
  } = {},
) =>
  standingOf({
    verdict,
    links: facts.links ?? [],
    job: facts.job ?? null,
    proofOf: () => facts.proof ?? 'proven',
  });

const LOOK = { kind: 'look', why: null };

describe('a scene that matches', () => {
  test('is in step when each item is linked as it would be now, and proven', () => {
    expect(standing(matched('7', '8'), { links: [linkTo('8'), linkTo('7')] })).toEqual({ kind: 'in-step' });
  });

  test.each(['different', 'read-too-soon', 'its-turn'] as const)(
    'is looked at when its item is %s',
    (proof) => {
      expect(standing(matched('7'), { links: [linkTo('7')], proof })).toEqual({ kind: 'look', why: proof });
    },
  );

  test.each([
    ['no link yet', []],
    ['one link of two', [linkTo('7')]],
    ['a link to another item', [linkTo('7'), linkTo('9')]],
    ['a link too many', [linkTo('7'), linkTo('8'), linkTo('9')]],
    ['weaker evidence than now', [linkTo('7', { evidence: 'name-and-size' }), linkTo('8')]],
    ['another hash', [linkTo('7', { sceneOshash: 'def' }), linkTo('8')]],
    ['another path in Stash', [linkTo('7', { scenePath: '/data/b.mp4' }), linkTo('8')]],
    ['another path in Plex', [linkTo('7', { itemPath: '/media/b.mp4' }), linkTo('8')]],
  ])('is looked at when it has %s', (_what, links) => {
    expect(standing(matched('7', '8'), { links })).toEqual(LOOK);
  });

  test('is looked at though it was not in Plex when last looked at, and left where its item is another’s', () => {
    expect(standing(matched('7'), { job: job('no-match') })).toEqual(LOOK);
    expect(standing(matched('7'), { job: job('contested') })).toEqual({ kind: 'needs-person' });
  });
});

describe('a scene that does not match', () => {
  test.each([
    ['is not in Plex', none, 'no-match', 'not-in-plex'],
    ['is ambiguous', ambiguous, 'ambiguous', 'needs-person'],
    ['has no file', notSyncable, 'not-syncable', 'needs-person'],
  ] as const)('and %s is left when that is known, else looked at', (_what, verdict, failureClass, kind) => {
    expect(standing(verdict, { job: job(failureClass) })).toEqual({ kind });
    expect(standing(verdict)).toEqual(LOOK);
    expect(standing(verdict, { job: job('rejected') })).toEqual(LOOK);
    expect(standing(verdict, { job: job(null, 'pending') })).toEqual(LOOK);
  });

  test('is left while it waits for its file', () => {
    expect(standing(none, { job: job('no-match', 'waiting') })).toEqual({ kind: 'not-in-plex' });
  });

  test('is looked at once more when it was linked, since the item has gone', () => {
    expect(standing(none, { links: [linkTo('7')] })).toEqual(LOOK);
  });
});
