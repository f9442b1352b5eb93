import { expect, test } from 'vitest';
import { isFileTitle } from './fileTitle.ts';

const partAt = (path: string) => ({ id: '1', path, size: null, durationMs: null });

test.each([
  ['the name without its extension', 'Some.Film.2019', '/media/Some.Film.2019.mp4'],
  ['dots as spaces', 'Some Film 2019', '/media/Some.Film.2019.mp4'],
  ['underscores as spaces', 'Some Film', '/media/Some_Film.mkv'],
  ['without the year in parentheses', 'Some Film', '/media/Some Film (2019).mp4'],
  ['without the year in brackets', 'Some Film', '/media/Some.Film.[2019].mp4'],
  ['on Windows', 'Some Film', 'D:\\Media\\Some Film.mp4'],
  ['decomposed', 'Caf\u00e9', '/media/Cafe\u0301.mp4'],
  ['a name without extension', 'film', '/media/film'],
  ['a hidden file', '.film', '/media/.film'],
])('a title is from the file name: %s', (_, title, path) => {
  expect(isFileTitle(title, [partAt(path)])).toBe(true);
});

test.each([
  ['another title', 'My Film', '/media/Some Film.mp4'],
  ['a part of the name', 'Some', '/media/Some Film.mp4'],
  ['another case', 'some film', '/media/Some Film.mp4'],
  ['the name of the folder', 'media', '/media/Some Film.mp4'],
  ['the name with its extension', 'Some Film.mp4', '/media/Some Film.mp4'],
  ['no title', '', '/media/Some Film.mp4'],
])('a title is a person’s: %s', (_, title, path) => {
  expect(isFileTitle(title, [partAt(path)])).toBe(false);
});

test('any file of the item may have given the title', () => {
  expect(isFileTitle('B', [partAt('/media/A.mp4'), partAt('/media/B.mp4')])).toBe(true);
  expect(isFileTitle('B', [])).toBe(false);
});
