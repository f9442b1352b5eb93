import { expect, test } from 'vitest';
import { fittingFiles } from './fittingFiles.ts';

const map = { from: '/data', to: '/media', support: 0 };

test.each([
  ['/data/a.mp4', '/media/a.mp4', 1],
  ['/data/ä.mp4', '/media/a\u0308.mp4', 1],
  ['/data/a.mp4', '/other/a.mp4', 0],
  ['/elsewhere/a.mp4', '/elsewhere/a.mp4', 0],
  ['/database/a.mp4', '/mediabase/a.mp4', 0],
])('%s and %s: %i', (stash, plex, count) => {
  expect(fittingFiles(map, [{ stash, plex }])).toBe(count);
});
