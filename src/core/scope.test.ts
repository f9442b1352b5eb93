import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, entities, sampleScene } from './planning/testing/samples.ts';
import type { Scene } from './scene.ts';
import { whyLeftOut } from './scope.ts';
import type { ScopeSettings } from './settings/table.ts';

const [studio, network] = entities(['Channel', 'Network']);
const file = (path: string) => ({
  path,
  basename: path.slice(path.lastIndexOf('/') + 1),
  size: 1,
  durationMs: 1,
  oshash: null,
  isInZip: false,
});
const scene = sampleScene({
  tags: entities(['Rain', 'Night']),
  studio: studio === undefined || network === undefined ? null : { ...studio, parents: [network] },
  files: [file('/data/scenes/a.mp4'), file('/data/copies/a.mp4')],
});

const why = (settings: Partial<ScopeSettings>, change: Partial<Scene> = {}) =>
  whyLeftOut({ ...scene, ...change }, { ...DEFAULT_SETTINGS, ...settings });

test('by default every scene is carried', () => {
  expect(why({})).toBeNull();
  expect(whyLeftOut(sampleScene(), DEFAULT_SETTINGS)).toBeNull();
});

describe('a scene is left out', () => {
  test.each<[string, Partial<ScopeSettings>]>([
    ['not organized (only_organized)', { only_organized: true }],
    ['none of its tags is in only_tags', { only_tags: ['Day'] }],
    ['its tag Rain is in skip_tags', { skip_tags: ['rain'] }],
    ['its studio is not in only_studios', { only_studios: ['Other'] }],
    ['its studio Network is in skip_studios', { skip_studios: ['network'] }],
    ['no file of it lies in only_paths', { only_paths: ['/data/scene', '/else'] }],
    ['all its files lie in skip_paths', { skip_paths: ['/data/'] }],
  ])('because %s', (words, settings) => {
    expect(why(settings)).toBe(words);
  });
});

describe('a scene is carried', () => {
  test.each<[string, Partial<ScopeSettings>, Partial<Scene>?]>([
    ['that is organized', { only_organized: true }, { isOrganized: true }],
    ['that has one of the tags', { only_tags: ['Day', 'NIGHT'] }],
    ['of a studio below the named one', { only_studios: ['Network'] }],
    ['one of whose files lies there', { only_paths: ['/data/copies'] }],
    ['only some of whose files are skipped', { skip_paths: ['/data/copies'] }],
    ['whose folder has backslashes', { only_paths: ['D:\\Videos'] }, { files: [file('D:\\Videos\\a.mp4')] }],
    ['without a file, which is told of as such', { only_paths: ['/data'] }, { files: [] }],
  ])('%s', (_words, settings, change) => {
    expect(why(settings, change)).toBeNull();
  });
});
