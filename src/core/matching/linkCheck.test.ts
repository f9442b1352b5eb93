import { describe, expect, test } from 'vitest';
import { ratingKey, sceneId, sectionUuid } from '../ids.ts';
import type { Link } from '../link.ts';
import { checkLink, type LinkCheckRequest } from './linkCheck.ts';
import { DATA_TO_MEDIA, file, part } from './matching.fixtures.ts';

const link: Link = {
  sceneId: sceneId('42'),
  item: { section: sectionUuid('lib'), ratingKey: ratingKey('7') },
  evidence: 'path',
  sceneOshash: 'abc',
  scenePath: '/data/x/a.mp4',
  itemPath: '/media/x/a.mp4',
  desiredHash: null,
  verifiedUpdatedAt: null,
  verifiedAt: null,
  writtenAt: null,
};
const linkedFile = file('/data/x/a.mp4', { oshash: 'abc' });
const linkedPart = part('lib/7', '/media/x/a.mp4');

const check = (facts: Partial<LinkCheckRequest>) =>
  checkLink({
    link,
    files: [linkedFile],
    parts: [linkedPart],
    maps: DATA_TO_MEDIA,
    isPlexCaseSensitive: null,
    ...facts,
  });

describe('a link holds', () => {
  test.each<[string, Partial<LinkCheckRequest>]>([
    ['while nothing changed', {}],
    [
      'when the scene or the item got further files',
      {
        files: [file('/data/b.mp4', { size: 5 }), linkedFile],
        parts: [part('lib/7', '/media/b.mp4', { size: 5 }), linkedPart],
      },
    ],
    [
      'when the scene’s hash was never known',
      {
        link: { ...link, sceneOshash: null },
        files: [{ ...linkedFile, oshash: null }],
      },
    ],
    [
      'when only the Unicode form of a path changed',
      {
        link: { ...link, scenePath: '/data/\u00e4.mp4', itemPath: '/media/\u00e4.mp4' },
        files: [{ ...linkedFile, path: '/data/a\u0308.mp4' }],
        parts: [part('lib/7', '/media/a\u0308.mp4')],
      },
    ],
    [
      'by its path while Plex has not scanned the file that replaced the old one',
      {
        parts: [part('lib/7', '/media/x/a.mp4', { size: 5 })],
      },
    ],
    [
      'by the person who chose it, whatever the size',
      {
        link: { ...link, evidence: 'pinned' },
        parts: [part('lib/7', '/media/x/a.mp4', { size: 5 })],
      },
    ],
  ])('%s', (_, facts) => {
    expect(check(facts)).toBe('holds');
  });
});

describe('a link holds, and what it remembers is to be refreshed', () => {
  test.each<[string, Partial<LinkCheckRequest>]>([
    [
      'when the scene’s file was moved: the hash is known',
      {
        files: [{ ...linkedFile, path: '/data/y/b.mp4' }],
      },
    ],
    [
      'when the scene’s file was replaced: the path is known',
      {
        files: [{ ...linkedFile, oshash: 'def' }],
      },
    ],
    ['when Stash has made the hash since', { link: { ...link, sceneOshash: null } }],
    [
      'when the file was moved on both sides',
      {
        files: [{ ...linkedFile, path: '/data/y/a.mp4' }],
        parts: [part('lib/7', '/media/y/a.mp4')],
      },
    ],
    ['when the item’s file was renamed', { parts: [part('lib/7', '/media/x/b.mp4')] }],
    [
      'when the item holds another file of the scene',
      {
        files: [linkedFile, file('/data/x/b.mp4', { size: 5 })],
        parts: [part('lib/7', '/media/x/b.mp4', { size: 5 })],
      },
    ],
    [
      'when a person chose the item and its file has another name',
      {
        link: { ...link, evidence: 'pinned' },
        parts: [part('lib/7', '/media/q.mp4', { size: null })],
      },
    ],
  ])('%s', (_, facts) => {
    expect(check(facts)).toBe('rename');
  });
});

describe('a link falls because another scene has its id', () => {
  test.each<[string, Partial<LinkCheckRequest>]>([
    ['when neither the hash nor the path is known', { files: [file('/data/other.mp4')] }],
    ['when its file went to another scene', { files: [file('/data/x/b.mp4', { oshash: 'def' })] }],
    [
      'when the path is another and no hash was ever known',
      {
        link: { ...link, sceneOshash: null },
        files: [file('/data/other.mp4', { oshash: null })],
      },
    ],
    [
      'even if the item has a file by the evidence of size',
      {
        files: [file('/data/other.mp4', { oshash: 'def', size: 1_000 })],
      },
    ],
  ])('%s', (_, facts) => {
    expect(check(facts)).toBe('scene-replaced');
  });
});

describe('a link falls because the item holds no file of the scene', () => {
  test.each<[string, Partial<LinkCheckRequest>]>([
    ['when Plex has the item no more', { parts: [] }],
    ['when the scene has no file any more', { files: [] }],
    ['when the item has lost the file', { parts: [part('lib/7', '/media/x/b.mp4', { size: 5 })] }],
    [
      'when two files changed names: the item’s file has another size than the scene’s',
      {
        files: [{ ...linkedFile, path: '/data/x/b.mp4' }],
        parts: [part('lib/7', '/media/x/a.mp4', { size: 5 })],
      },
    ],
    [
      'when the link rests on the size, and the size is another',
      {
        link: { ...link, evidence: 'name-and-size', itemPath: '/else/a.mp4' },
        parts: [part('lib/7', '/else/a.mp4', { size: 5 })],
      },
    ],
    [
      'when a person chose the item and it holds a file of another size',
      {
        link: { ...link, evidence: 'pinned' },
        parts: [part('lib/7', '/media/q.mp4', { size: 5 })],
      },
    ],
  ])('%s', (_, facts) => {
    expect(check(facts)).toBe('item-changed');
  });
});
