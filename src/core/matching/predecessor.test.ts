import { expect, test } from 'vitest';
import { ratingKey, sceneId, sectionUuid } from '../ids.ts';
import type { Link } from '../link.ts';
import { predecessorOf } from './predecessor.ts';

const link = (key: string, more: Partial<Link> = {}, section = 'movies'): Link => ({
  sceneId: sceneId('1'),
  item: { section: sectionUuid(section), ratingKey: ratingKey(key) },
  evidence: 'path',
  sceneOshash: 'abc',
  scenePath: '/data/a.mp4',
  itemPath: '/media/a.mp4',
  desiredHash: 'hash',
  verifiedUpdatedAt: 1,
  verifiedAt: 1,
  writtenAt: null,
  ...more,
});

test('an item in the place of one that is gone holds the same file', () => {
  const gone = link('1', { sceneOshash: null });
  expect(predecessorOf(link('2'), [gone])).toBe(gone);
});

test('a file that moved in Plex is known by the file of the scene', () => {
  const gone = link('1');
  expect(predecessorOf(link('2', { itemPath: '/media/moved/a.mp4' }), [gone])).toBe(gone);
});

test('the same path goes before the same file', () => {
  const [moved, same] = [link('1', { itemPath: '/media/b.mp4' }), link('3', { sceneOshash: 'other' })];
  expect(predecessorOf(link('2'), [moved, same])).toBe(same);
});

test('an item takes no other file’s place, nor one of another library', () => {
  const other = link('1', { itemPath: '/media/b.mp4', sceneOshash: 'other' });
  expect(predecessorOf(link('2'), [other, link('3', {}, 'archive')])).toBeNull();
  expect(predecessorOf(link('2'), [])).toBeNull();
});
