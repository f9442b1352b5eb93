import { expect, test } from 'vitest';
import { lookupKeys } from './lookupKeys.ts';
import { DATA_TO_MEDIA, file } from './matching.fixtures.ts';

test('the index is asked by each path that Plex may have, by name and by size, once', () => {
  const files = [
    file('/data/X/A.mp4', { size: 5 }),
    file('/data/y/a.MP4', { size: 5 }),
    file('/else/b.mp4', { size: null }),
  ];
  expect(lookupKeys(files, DATA_TO_MEDIA)).toEqual({
    pathKeys: ['/media/x/a.mp4', '/data/x/a.mp4', '/media/y/a.mp4', '/data/y/a.mp4', '/else/b.mp4'],
    nameKeys: ['a.mp4', 'b.mp4'],
    sizes: [5],
  });
});

test('members of zip files are not asked for', () => {
  const zipped = file('/data/x.zip/a.mp4', { isInZip: true });
  expect(lookupKeys([zipped], DATA_TO_MEDIA)).toEqual({ pathKeys: [], nameKeys: [], sizes: [] });
});
