import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemKeyText } from '../item.ts';
import type { CandidatePart } from './candidates.ts';
import { areFoundByPath } from './foundByPath.ts';
import { inferPathMaps } from './inferPathMaps.ts';
import { lookupKeys } from './lookupKeys.ts';
import { absolute, file, folderName, part, style, unicodeForm } from './matching.fixtures.ts';
import { nameKey, pathKey } from './pathKey.ts';
import { plexPathsOf } from './pathMap.ts';
import { isCaseSensitivePath, samePathKey } from './paths.ts';
import { type MatchRequest, matchScene, type Verdict } from './verdict.ts';

type Request = MatchRequest<CandidatePart>;

// Few values each, so that all kinds of agreement and contradiction come up.
const path = fc
  .tuple(
    style,
    fc.array(folderName, { maxLength: 2 }),
    fc.constantFrom('a.mp4', 'A.mp4', 'ä & b.mp4', '#?.mp4'),
  )
  .chain(([host, folders, name]) =>
    unicodeForm.map((form) => absolute(host, [...folders, name]).normalize(form)),
  );
const size = fc.constantFrom(null, 0, 1, 2);
const durationMs = fc.constantFrom(null, 60_000, 60_900, 70_000);
const sceneFile = fc
  .tuple(path, fc.record({ size, durationMs, isInZip: fc.boolean() }))
  .map(([where, facts]) => file(where, facts));
const title = fc.constantFrom('a', 'A', 'a.mp4', 'something else');
const itemName = fc.constantFrom('one/7', 'one/8', 'one/10', 'two/9');
const candidate = fc
  .tuple(itemName, path, fc.record({ size, durationMs, title }))
  .map(([item, where, facts]) => part(item, where, facts));
const pathMap = fc
  .tuple(style, fc.array(folderName, { maxLength: 1 }), style, fc.array(folderName, { maxLength: 1 }))
  .map(([one, from, other, to]) => ({ from: absolute(one, from), to: absolute(other, to), support: 1 }));
const request: fc.Arbitrary<Request> = fc.record({
  files: fc.array(sceneFile, { minLength: 1, maxLength: 3 }),
  pinned: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        itemName.map((name) => part(name, '').item),
        { maxLength: 2 },
      ),
    },
  ),
  // Plex numbers parts server-wide.
  candidates: fc
    .array(candidate, { maxLength: 8 })
    .map((parts) => parts.map((each, index) => ({ ...each, id: String(index) }))),
  maps: fc.array(pathMap, { maxLength: 3 }),
  isStrict: fc.boolean(),
  isPlexCaseSensitive: fc.constantFrom(null, true, false),
});

const linksOf = (verdict: Verdict<CandidatePart>) => (verdict.kind === 'matched' ? verdict.links : []);
const check = (property: (each: Request) => void, numRuns = 1_000): void =>
  fc.assert(fc.property(request, property), { numRuns });

describe('whatever scene and candidates there are', () => {
  test('no link contradicts a known size', () => {
    check((each) => {
      for (const link of linksOf(matchScene(each))) {
        const known = [link.file.size, link.part.size].filter((bytes) => bytes !== null);
        expect(new Set(known).size).toBeLessThan(2);
      }
    });
  });

  test('files that are all met by path are judged as they are among all other candidates', () => {
    let met = 0;
    check((each) => {
      const keys = new Set(lookupKeys(each.files, each.maps).pathKeys);
      const pinned = new Set(each.pinned.map(itemKeyText));
      const byPath = each.candidates.filter((one) => keys.has(pathKey(one.path)));
      if (!areFoundByPath(each.files, byPath, each) || matchScene(each).kind === 'not-syncable') return;
      met++;
      const candidates = each.candidates.filter(
        (one) => byPath.includes(one) || pinned.has(itemKeyText(one.item)),
      );
      expect(matchScene({ ...each, candidates })).toEqual(matchScene(each));
      // Of a thousand some fifteen are so.
    }, 5_000);
    expect(met).toBeGreaterThan(10);
  });

  test('each link has the evidence that it claims', () => {
    check((each) => {
      for (const { evidence, item, file: one, part: other } of linksOf(matchScene(each))) {
        const isCaseSensitive = isCaseSensitivePath(other.path, each.isPlexCaseSensitive);
        const tried = plexPathsOf(one.path, each.maps).map((where) => samePathKey(where, isCaseSensitive));
        const holds = {
          pinned: () => each.pinned.some((chosen) => itemKeyText(chosen) === itemKeyText(item)),
          path: () => tried.includes(samePathKey(other.path, isCaseSensitive)),
          'name-and-size': () => one.size !== null && nameKey(one.path) === nameKey(other.path),
          'size-and-duration': () =>
            one.size !== null && Math.abs((one.durationMs ?? NaN) - (other.durationMs ?? NaN)) <= 1_000,
        };
        expect(holds[evidence]()).toBe(true);
        expect(one.isInZip).toBe(false);
        expect(other.item).toEqual(item);
      }
    });
  });

  test('an item is linked once, and what is ambiguous has several items', () => {
    check((each) => {
      const verdict = matchScene(each);
      const items = linksOf(verdict).map((link) => itemKeyText(link.item));
      expect(new Set(items).size).toBe(items.length);
      if (verdict.kind !== 'ambiguous') return;
      expect(new Set(verdict.candidates.map((one) => itemKeyText(one.item))).size).toBeGreaterThan(1);
    });
  });

  test('the order of the candidates does not matter', () => {
    const shuffled = request.chain((each) =>
      fc.tuple(
        fc.constant(each),
        fc.shuffledSubarray([...each.candidates], { minLength: each.candidates.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([each, candidates]) => {
        expect(matchScene({ ...each, candidates })).toEqual(matchScene(each));
      }),
      { numRuns: 1_000 },
    );
  });

  test('the titles do not matter', () => {
    check((each) => {
      const retitled = (name: string) => ({
        ...each,
        candidates: each.candidates.map((one) => ({ ...one, title: name })),
      });
      const untitled = (verdict: Verdict<CandidatePart>) =>
        JSON.parse(JSON.stringify(verdict, (key, value: unknown) => (key === 'title' ? '' : value)));
      const expected = untitled(matchScene(each));
      for (const name of ['', ...each.files.map((one) => nameKey(one.path))]) {
        expect(untitled(matchScene(retitled(name)))).toEqual(expected);
      }
    });
  });

  test('the Unicode form of Plex’s paths does not matter', () => {
    const linked = (verdict: Verdict<CandidatePart>) =>
      linksOf(verdict).map((link) => [link.item, link.evidence, link.file]);
    check((each) => {
      const inForm = (form: string) => ({
        ...each,
        candidates: each.candidates.map((one) => ({ ...one, path: one.path.normalize(form) })),
      });
      expect(linked(matchScene(inForm('NFD')))).toEqual(linked(matchScene(inForm('NFC'))));
    });
  });

  test('without strict matching, what was matched stays so, and of what was ambiguous a candidate is taken', () => {
    check((each) => {
      const strict = matchScene({ ...each, isStrict: true });
      const loose = matchScene({ ...each, isStrict: false });
      if (strict.kind === 'matched') {
        const items = linksOf(loose).map((link) => itemKeyText(link.item));
        for (const link of strict.links) expect(items).toContain(itemKeyText(link.item));
      } else if (strict.kind === 'ambiguous') {
        expect(loose.kind).toBe('matched');
      } else {
        expect(loose).toEqual(strict);
      }
    });
  });

  test('every part that is linked without a pin is one that the index is asked for', () => {
    check((each) => {
      const keys = lookupKeys(each.files, each.maps);
      for (const { part: found } of linksOf(matchScene({ ...each, pinned: [] }))) {
        const isAskedFor =
          keys.pathKeys.includes(pathKey(found.path)) ||
          (found.size !== null && keys.sizes.includes(found.size));
        expect(isAskedFor).toBe(true);
      }
    });
  });
});

test('maps that were learned from files never link two files of different size', () => {
  const library = fc.array(fc.record({ where: path, size: fc.constantFrom(1, 2, 3) }), { maxLength: 20 });
  fc.assert(
    fc.property(library, library, (ours, theirs) => {
      const pairs = ours.flatMap((one) =>
        theirs
          .filter((other) => nameKey(one.where) === nameKey(other.where) && one.size === other.size)
          .map((other) => ({ stash: one.where, plex: other.where, size: one.size })),
      );
      const maps = inferPathMaps(pairs);
      const candidates = theirs.map((one, index) =>
        part(`lib/${index + 1}`, one.where, { size: one.size, durationMs: null }),
      );
      for (const one of ours) {
        const files = [file(one.where, { size: one.size })];
        const rules = { maps, isPlexCaseSensitive: null, isStrict: false, pinned: [] };
        const links = linksOf(matchScene({ files, candidates, ...rules }));
        expect(links.every((link) => link.part.size === one.size)).toBe(true);
      }
    }),
  );
});
