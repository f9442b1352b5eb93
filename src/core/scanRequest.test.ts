import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sectionKey } from './ids.ts';
import {
  isScanDue,
  joinedScans,
  type ScanPlace,
  type ScanRequest,
  scanRequestsFor,
  scanRequestText,
} from './scanRequest.ts';

const library = (key: string, ...locations: readonly string[]) => ({ key: sectionKey(key), locations });
const map = (from: string, to: string) => ({ from, to, support: 9 });

const foldersFor = (path: string, place: Partial<ScanPlace>): readonly string[] =>
  scanRequestsFor(path, { maps: [], sections: [], isPlexCaseSensitive: null, ...place }).map(
    ({ section, folder }) => `${section} ${folder}`,
  );

describe('the folder that Plex is asked to look into', () => {
  test('is the file’s, by the path map that leads into a library', () => {
    const maps = [map('/data', '/elsewhere'), map('/data', '/media')];
    const sections = [library('1', '/shows'), library('2', '/films', '/media/')];
    expect(foldersFor('/data/new/a.mp4', { maps, sections })).toEqual(['2 /media/new']);
  });

  test('is the same as Stash’s where Plex has a library there', () => {
    expect(foldersFor('/media/a.mp4', { sections: [library('1', '/media')] })).toEqual(['1 /media']);
  });

  test('is asked for in each library that holds it', () => {
    const sections = [library('1', '/media'), library('2', '/media/new')];
    expect(foldersFor('/media/new/a.mp4', { sections })).toEqual(['1 /media/new', '2 /media/new']);
  });

  test.each([
    ['outside all libraries', '/data/a.mp4', '/media'],
    ['beside a library of a like name', '/media2/a.mp4', '/media'],
    ['above a library', '/media/a.mp4', '/media/films'],
    ['that leads out again', '/media/../etc/a.mp4', '/media'],
    ['that is no whole path', 'media/a.mp4', '/media'],
    ['in another case, where case counts', '/Media/a.mp4', '/media'],
  ])('is none for a file %s', (_, path, location) => {
    expect(foldersFor(path, { sections: [library('1', location)] })).toEqual([]);
  });

  test('is spelled as the library is, where case does not count', () => {
    const maps = [map('/data', 'd:\\videos')];
    expect(foldersFor('/data/New/a.mp4', { maps, sections: [library('1', 'D:\\Videos')] })).toEqual([
      '1 D:\\Videos\\New',
    ]);
    const sections = [library('1', '/Media')];
    expect(foldersFor('/media/New/a.mp4', { sections, isPlexCaseSensitive: false })).toEqual([
      '1 /Media/New',
    ]);
  });

  test('is never outside a location, whatever the path', () => {
    const segment = fc.constantFrom('..', '.', 'a', 'b', '', 'media', 'é');
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(path, fc.constantFrom('/media', '/media/a', '/'), (file, location) => {
        for (const folder of foldersFor(file, { sections: [library('1', location)] })) {
          expect(`${folder}/`.startsWith(`1 ${location.replace(/\/$/, '')}/`)).toBe(true);
          expect(folder.split('/')).not.toContain('..');
        }
      }),
    );
  });
});

const request = (folder: string, location = '/media'): ScanRequest => ({
  section: sectionKey('1'),
  location,
  folder,
});

test('a folder is asked for once a minute', () => {
  const asked = new Map([[scanRequestText(request('/media/a')), 1_000]]);
  expect(isScanDue(request('/media/a'), asked, 60_999)).toBe(false);
  expect(isScanDue(request('/media/a'), asked, 61_000)).toBe(true);
  expect(isScanDue(request('/media/b'), asked, 1_001)).toBe(true);
  // The clock was set back.
  expect(isScanDue(request('/media/a'), asked, 500)).toBe(true);
});

describe('many folders', () => {
  test('are asked for each, and each once, up to ten', () => {
    const ten = Array.from({ length: 10 }, (_, index) => request(`/media/${index}`));
    expect(joinedScans([...ten, ...ten])).toEqual(ten);
  });

  test('of one place are one: the folder that holds them all', () => {
    const folders = Array.from({ length: 11 }, (_, index) => request(`/media/new/${index}/x`));
    expect(joinedScans(folders)).toEqual([request('/media/new')]);
  });

  test('of two places stay apart, so that none lies outside its library', () => {
    const folders = Array.from({ length: 22 }, (_, index) => {
      const location = index % 2 === 0 ? '/mnt/a' : '/mnt/b';
      return request(`${location}/${index}`, location);
    });
    expect(joinedScans(folders).map(({ folder }) => folder)).toEqual(['/mnt/a', '/mnt/b']);
  });
});
