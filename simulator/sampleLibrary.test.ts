import { expect, test } from 'vitest';
import { sampleLibrary } from './sampleLibrary.ts';

const library = sampleLibrary(2_000);

test('the same count gives the same library, and a longer one begins with it', () => {
  expect(sampleLibrary(50)).toEqual(library.slice(0, 50));
});

test('a file has one path on each side, which differ by their beginning alone', () => {
  expect(new Set(library.map((file) => file.stashPath)).size).toBe(library.length);
  for (const file of library) {
    expect(file.stashPath).toMatch(/^\/data\/.+\.mp4$/);
    expect(file.plexPath).toBe(file.stashPath.replace('/data/', '/media/'));
  }
});

test('no two files have the same fingerprint, or the same size and length', () => {
  expect(new Set(library.map((file) => file.oshash)).size).toBe(library.length);
  expect(new Set(library.map((file) => `${file.size}/${file.durationMs}`)).size).toBe(library.length);
});

test('there are scenes without a title, without performers and without tags', () => {
  expect(library.filter((file) => file.title === '')).toHaveLength(200);
  expect(library.some((file) => file.performers.length === 0)).toBe(true);
  expect(library.some((file) => file.tags.length === 0)).toBe(true);
  for (const { tags, performers } of library) {
    expect(new Set(tags).size).toBe(tags.length);
    expect(new Set(performers).size).toBe(performers.length);
  }
});
