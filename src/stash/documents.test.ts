import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ENTITY_KINDS } from '../core/scene.ts';
import * as documents from './documents.ts';
import { STASH_VERSIONS, stashSchema } from './testing/miniStash.ts';

const none = { tagAliases: false, performerAliases: false };
const assumed = { ...documents.ASSUMED_FEATURES, ...none };
const knownTo = (version: (typeof STASH_VERSIONS)[number]) => ({
  ...assumed,
  hasTagSortName: version !== 'v0.27.0',
});

describe.each(STASH_VERSIONS)('Stash %s', (version) => {
  test.each<readonly [string, string]>([
    ['the probe', documents.PROBE],
    ['one scene', documents.readScenesDocument(1, knownTo(version))],
    ['many scenes', documents.readScenesDocument(100, knownTo(version))],
    [
      'scenes with all aliases',
      documents.readScenesDocument(1, { ...knownTo(version), tagAliases: true, performerAliases: true }),
    ],
    ['tags by name', documents.TAGS_NAMED],
    ['tags below others', documents.TAGS_BELOW],
    ['plugins', documents.PLUGINS],
    ['the number of scenes', documents.COUNT_SCENES],
    ['stamps', documents.FIND_STAMPS],
    ['ids', documents.FIND_IDS],
    ['scenes found by name', documents.findWholeScenes(knownTo(version))],
    [
      'scenes, asked without zip members',
      documents.readScenesDocument(1, { ...knownTo(version), zipField: null }),
    ],
    ['the ends of jobs', documents.JOBS],
    ['the ends of scans', documents.SCANS],
    ...ENTITY_KINDS.flatMap((kind): readonly (readonly [string, string])[] => [
      [`the newest ${kind}s`, documents.newestEntitiesDocument(kind)],
      [`the stamp of a ${kind}`, documents.entityStampDocument(kind)],
    ]),
  ])('understands the document for %s', (_what, document) => {
    expect(validate(stashSchema(version), parse(document))).toEqual([]);
  });
});

test('zip_file is understood where zip_file_id will be gone', () => {
  const future = stashSchema('v0.30.1', (sdl) => sdl.replace(/^ *zip_file_id.*$/m, ''));
  expect(
    validate(future, parse(documents.readScenesDocument(1, { ...assumed, zipField: 'zip_file' }))),
  ).toEqual([]);
  expect(validate(future, parse(documents.readScenesDocument(1, assumed)))).not.toEqual([]);
});

test('scenes of one count are asked for by one document, so that Stash parses it once', () => {
  expect(documents.readScenesDocument(7, assumed)).toBe(documents.readScenesDocument(7, assumed));
  expect(documents.readScenesDocument(7, assumed)).not.toMatch(/"\d/);
});

test('nothing but questions is ever sent', () => {
  const all = [
    documents.PROBE,
    documents.PLUGINS,
    documents.COUNT_SCENES,
    documents.FIND_STAMPS,
    documents.FIND_IDS,
    documents.TAGS_NAMED,
    documents.TAGS_BELOW,
    documents.findWholeScenes(assumed),
    documents.readScenesDocument(2, assumed),
    documents.JOBS,
    documents.SCANS,
    ...ENTITY_KINDS.flatMap((kind) => [
      documents.newestEntitiesDocument(kind),
      documents.entityStampDocument(kind),
    ]),
  ];
  for (const document of all) expect(document).toMatch(/^(query|subscription) /);
});
