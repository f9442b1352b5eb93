import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absolute, folderName, style, unicodeForm } from './matching.fixtures.ts';
import { parsePathMaps, plexPathsOf, stashPathsOf } from './pathMap.ts';
import { looksLikeWindows, samePathKey } from './paths.ts';

const map = (from: string, to: string) => ({ from, to, support: 0 });

describe('parsePathMaps', () => {
  test.each([
    ['/data=>/media', map('/data', '/media')],
    ['  /data/  =>  /media//x/ ', map('/data', '/media/x')],
    ['D:\\Videos=>/mnt/videos', map('D:\\Videos', '/mnt/videos')],
    ['d:=>/mnt/d', map('d:\\', '/mnt/d')],
    ['/data=>\\\\nas\\videos\\', map('/data', '\\\\nas\\videos')],
    ['//nas/videos=>E:/videos', map('//nas/videos', 'E:\\videos')],
    ['/=>/mnt', map('/', '/mnt')],
    ['/a = b=>/c > d', map('/a = b', '/c > d')],
  ])('reads %j', (text, expected) => {
    expect(parsePathMaps([text])).toEqual({ ok: true, value: [expected] });
  });

  test('keeps the order of the user', () => {
    const texts = ['/data=>/media', '/data/old=>/archive', '/=>/mnt'];
    const parsed = parsePathMaps(texts);
    expect(parsed.ok && parsed.value.map((each) => `${each.from}=>${each.to}`)).toEqual(texts);
  });

  test('of nothing is nothing', () => {
    expect(parsePathMaps([])).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['/data->/media', 'which has no "=>"'],
    ['', 'which has no "=>"'],
    ['/a=>/b=>/c', 'which has more than one "=>"'],
    ['=>/media', 'which has no Stash prefix'],
    ['/data=>', 'which has no Plex prefix'],
    ['data=>/media', 'whose Stash prefix is not absolute'],
    ['/data=>media', 'whose Plex prefix is not absolute'],
    ['C:videos=>/media', 'whose Stash prefix is not absolute'],
  ])('says of %j what was found and what is allowed', (text, found) => {
    const parsed = parsePathMaps([text]);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.failure).toHaveLength(1);
    expect(parsed.failure[0]).toContain(`found "${text}", ${found}; allowed: Stash prefix=>Plex prefix`);
  });

  test('says so for each one that is wrong, with line ends shown', () => {
    const parsed = parsePathMaps(['/ok=>/fine', 'one\ntwo', 'x=>/y']);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.failure).toHaveLength(2);
    expect(parsed.failure[0]).toContain('"one\\ntwo"');
  });

  test('refuses the same Stash prefix twice, since the second would seldom be used', () => {
    const parsed = parsePathMaps(['D:\\Videos=>/a', 'd:/videos=>/b']);
    expect(parsed.ok || parsed.failure[0]).toContain('was given before');
  });
});

describe('plexPathsOf', () => {
  test.each([
    ['no maps leave the path', '/data/a.mp4', [], ['/data/a.mp4']],
    ['a prefix is rewritten', '/data/x/a.mp4', [map('/data', '/media')], ['/media/x/a.mp4', '/data/x/a.mp4']],
    ['only whole folders are a prefix', '/database/a.mp4', [map('/data', '/media')], ['/database/a.mp4']],
    ['POSIX to Windows', '/data/x/a.mp4', [map('/data', 'D:\\V')], ['D:\\V\\x\\a.mp4', '/data/x/a.mp4']],
    ['Windows to POSIX', 'D:\\V\\x\\a.mp4', [map('D:\\V', '/data')], ['/data/x/a.mp4', 'D:\\V\\x\\a.mp4']],
    [
      'a Windows prefix disregards case',
      'd:\\VIDEOS\\a.mp4',
      [map('D:\\Videos', '/v')],
      ['/v/a.mp4', 'd:\\VIDEOS\\a.mp4'],
    ],
    ['a POSIX prefix regards case', '/Data/a.mp4', [map('/data', '/v')], ['/Data/a.mp4']],
    [
      'a share with slashes fits one with backslashes',
      '\\\\NAS\\V\\a.mp4',
      [map('//nas/v', '/v')],
      ['/v/a.mp4', '\\\\NAS\\V\\a.mp4'],
    ],
    ['a share is a target', '/v/x/a.mp4', [map('/v', '\\\\nas\\v')], ['\\\\nas\\v\\x\\a.mp4', '/v/x/a.mp4']],
    ['the root is a prefix', '/x/a.mp4', [map('/', '/mnt')], ['/mnt/x/a.mp4', '/x/a.mp4']],
    ['a drive is a target', '/x/a.mp4', [map('/', 'D:\\')], ['D:\\x\\a.mp4', '/x/a.mp4']],
    [
      'all maps that fit, in their order',
      '/data/old/a.mp4',
      [map('/data/old', '/archive'), map('/video', '/v'), map('/data', '/media')],
      ['/archive/a.mp4', '/media/old/a.mp4', '/data/old/a.mp4'],
    ],
    ['a map to itself is tried once', '/data/a.mp4', [map('/data', '/data')], ['/data/a.mp4']],
  ])('%s', (_, path, maps, expected) => {
    expect(plexPathsOf(path, maps)).toEqual(expected);
  });

  test('fits a prefix in another Unicode form', () => {
    const [mapped] = plexPathsOf('/Cafe\u0301/a.mp4', [map('/Caf\u00e9', '/media')]);
    expect(mapped).toBe('/media/a.mp4');
  });
});

const folders = fc.array(folderName, { maxLength: 3 });
const prefix = fc.tuple(style, folders).map(([host, names]) => absolute(host, names));
const pathMap = fc.tuple(prefix, prefix).map(([from, to]) => map(from, to));

describe('the way there and back', () => {
  test('a path below a prefix comes back as the same path, in the style of each side', () => {
    fc.assert(
      fc.property(style, folders, folders, prefix, unicodeForm, (host, above, below, to, form) => {
        const each = map(absolute(host, above), to);
        const path = absolute(host, [...above, ...below, 'a.mp4']).normalize(form);
        const [there = ''] = plexPathsOf(path, [each]);
        expect(looksLikeWindows(there)).toBe(looksLikeWindows(to));
        expect(there.endsWith('a.mp4')).toBe(true);
        const [back = ''] = stashPathsOf(there, [each]);
        expect(samePathKey(back, true)).toBe(samePathKey(path, true));
      }),
    );
  });

  test('whatever is found one way is found the other way', () => {
    fc.assert(
      fc.property(fc.array(pathMap, { maxLength: 4 }), prefix, (maps, path) => {
        for (const there of plexPathsOf(path, maps)) {
          const back = stashPathsOf(there, maps).map((each) => samePathKey(each, false));
          expect(back).toContain(samePathKey(path, false));
        }
      }),
    );
  });

  test('the unchanged path is tried, whatever the maps', () => {
    fc.assert(
      fc.property(fc.array(pathMap, { maxLength: 4 }), prefix, (maps, path) => {
        expect(plexPathsOf(path, maps)).toContain(path);
        expect(stashPathsOf(path, maps)).toContain(path);
      }),
    );
  });
});
