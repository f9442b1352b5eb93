import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absolute, folderName, style, unicodeForm } from './matching.fixtures.ts';
import { pathKey } from './pathKey.ts';
import { joinPath, looksLikeWindows, samePathKey, splitPath } from './paths.ts';

describe('looksLikeWindows', () => {
  test.each([
    ['C:\\Videos\\a.mp4', true],
    ['d:/Videos/a.mp4', true],
    ['D:', true],
    ['\\\\nas\\videos\\a.mp4', true],
    ['/data/a.mp4', false],
    ['//nas/videos/a.mp4', false],
    ['/data/C:\\a.mp4', false],
    ['C:a.mp4', false],
    ['a\\b.mp4', false],
    ['', false],
  ])('of %j is %j', (path, isWindows) => {
    expect(looksLikeWindows(path)).toBe(isWindows);
  });
});

describe('splitPath', () => {
  test.each([
    ['/data/x/a.mp4', '/', ['data', 'x', 'a.mp4']],
    ['//data///x/', '//data/', ['x']],
    ['////nas/x', '//nas/', ['x']],
    ['/', '/', []],
    ['D:\\x/a.mp4', 'D:/', ['x', 'a.mp4']],
    ['D:', 'D:/', []],
    ['\\\\nas\\share\\a.mp4', '//nas/', ['share', 'a.mp4']],
    ['/data/a\\b.mp4', '/', ['data', 'a\\b.mp4']],
    ['x/a.mp4', '', ['x', 'a.mp4']],
    ['', '', []],
  ])('of %j finds the root %j', (path, root, segments) => {
    expect(splitPath(path)).toMatchObject({ root, segments });
  });

  test('is undone by joinPath', () => {
    fc.assert(
      fc.property(style, fc.array(folderName), (host, folders) => {
        const path = absolute(host, folders);
        expect(joinPath(splitPath(path))).toBe(path);
      }),
    );
  });
});

describe('samePathKey', () => {
  test.each([
    ['the Unicode form never counts', '/d/Cafe\u0301.mp4', '/d/Caf\u00e9.mp4', true, true],
    ['case counts where the host regards it', '/d/A.mp4', '/d/a.mp4', true, false],
    ['case does not count where the host disregards it', '/d/A.mp4', '/d/a.mp4', false, true],
    ['the case of a drive letter never counts', 'd:\\a.mp4', 'D:\\a.mp4', true, true],
    ['the case of a host never counts', '\\\\NAS\\a.mp4', '\\\\nas\\a.mp4', true, true],
    ['slashes and backslashes are one in Windows', 'D:/x/a.mp4', 'D:\\x\\a.mp4', true, true],
    ['a backslash is a letter elsewhere', '/x\\a.mp4', '/x/a.mp4', false, false],
    ['a share is no folder', '//nas/a.mp4', '/nas/a.mp4', false, false],
    ['drives differ', 'C:\\a.mp4', 'D:\\a.mp4', false, false],
  ])('%s', (_, one, other, isCaseSensitive, isSame) => {
    expect(samePathKey(one, isCaseSensitive) === samePathKey(other, isCaseSensitive)).toBe(isSame);
  });

  test('equal for two spellings means that the index finds one by the other', () => {
    const folders = fc.array(folderName, { minLength: 1, maxLength: 3 });
    const spelling = fc.record({
      form: unicodeForm,
      isUpper: fc.boolean(),
      separator: fc.constantFrom('/', '\\', '//'),
    });
    fc.assert(
      fc.property(
        style,
        folders,
        spelling,
        spelling,
        fc.boolean(),
        (host, names, one, other, isCaseSensitive) => {
          const [a = '', b = ''] = [one, other].map(({ form, isUpper, separator }) => {
            const path = absolute(host, ['x', ...names])
              .replaceAll(/(?<=x)[\\/]/g, () => separator)
              .normalize(form);
            return isUpper ? path.toUpperCase() : path;
          });
          fc.pre(samePathKey(a, isCaseSensitive) === samePathKey(b, isCaseSensitive));
          expect(pathKey(a)).toBe(pathKey(b));
        },
      ),
    );
  });
});
