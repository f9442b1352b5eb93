import { expect, test } from 'vitest';
import { isSceneAddress, sceneIdIn } from './sceneIdIn.ts';

test.each([
  ['42', '42', false],
  ['#42', '42', false],
  ['/scenes/42', '42', true],
  ['http://stash.local:9999/scenes/42?qsort=date&sortdir=desc', '42', true],
  ['https://example.org/stash/scenes/42#details', '42', true],
])('%s is scene %s', (text, id, isAddress) => {
  expect(sceneIdIn(text)).toBe(id);
  expect(isSceneAddress(text)).toBe(isAddress);
});

test.each([
  '',
  '0',
  '042',
  '4 2',
  'Sea 42',
  '/data/scenes/42/a.mp4',
  '/scenes/',
  'http://stash/scenes/0',
  '/tags/42',
])('%j is none', (text) => {
  expect(sceneIdIn(text)).toBeNull();
  expect(isSceneAddress(text)).toBe(false);
});
