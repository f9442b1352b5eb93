import type { Failure } from '../../../../src/core/failure.ts';
import { type EntityId, entityId, isStashId, sceneId } from '../../../../src/core/ids.ts';
import type { Result } from '../../../../src/core/result.ts';
import { createCovers } from '../../../../src/stash/cover.ts';
import { entityStamp, newestEntities } from '../../../../src/stash/findEntities.ts';
import * as scenes from '../../../../src/stash/findScenes.ts';
import { tagsBelow } from '../../../../src/stash/findTags.ts';
import { createAskStash } from '../../../../src/stash/graphql.ts';
import { readPluginConfig } from '../../../../src/stash/pluginConfig.ts';
import { readPlugins } from '../../../../src/stash/readPlugins.ts';
import { readScenes } from '../../../../src/stash/readScenes.ts';
import { apiKeySignIn } from '../../../../src/stash/signIn.ts';
import { createStashQuestions, type StashQuestions } from '../../../../src/stash/stashQuestions.ts';
import { bytesOf, demand, jsonBytes, type Target } from '../target.ts';
import { answeringHttp } from './answeringHttp.ts';

export const RAW_SCENE = {
  id: '42',
  title: 'A title',
  code: 'C-1',
  details: 'Some words.\nMore of them.',
  director: 'A director',
  date: '2024-02-29',
  rating100: 80,
  organized: true,
  updated_at: '2026-11-24T03:00:00Z',
  studio: { id: 3, name: 'Studio', parent_studio: { id: 4, name: 'Parent', parent_studio: null } },
  performers: [{ id: '5', name: 'Somebody', disambiguation: 'the other', alias_list: ['Some One'] }],
  tags: [{ id: '6', name: 'A tag', sort_name: 'tag, a', aliases: ['b'] }],
  groups: [{ group: { id: '7', name: 'A group' } }],
  files: [
    {
      path: '/data/a/b.mp4',
      basename: 'b.mp4',
      size: 123456,
      duration: 61.5,
      fingerprints: [{ type: 'oshash', value: 'abc' }],
      zip_file: null,
    },
  ],
};

const ENTITIES = [{ id: '1', name: 'a', updated_at: '2026-11-24T03:00:00Z' }];
const PROBED = {
  version: { version: 'v0.30.1' },
  systemStatus: { status: 'OK' },
  Scene: { fields: [{ name: 'id' }] },
};

const SEEDS = [
  { data: { s0: RAW_SCENE, s1: null }, errors: [{ message: 'no', path: ['s1'], extensions: { code: 'X' } }] },
  { data: { findScenes: { count: 2, scenes: [RAW_SCENE, { ...RAW_SCENE, id: 43 }] } } },
  {
    data: {
      findScenes: {
        count: 400,
        scenes: Array.from({ length: 200 }, (_, n) => ({ ...RAW_SCENE, id: n + 1 })),
      },
    },
  },
  { data: { found: { entities: ENTITIES } } },
  { data: { entity: ENTITIES[0] } },
  { data: PROBED },
  {
    data: {
      plugins: [{ id: 'a', name: 'A', enabled: true }],
      configuration: { general: { apiKey: 'k' }, plugins: { plexsync: { a: 1 } } },
    },
  },
  { data: null, errors: [{ message: 'database is locked' }] },
  { data: null, errors: [{ message: 'no such field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
].map(jsonBytes);

const LONGEST_MESSAGE = 2_000;

/** No failure is a place to store what a server likes. */
export function demandWords(result: Result<unknown, Failure> | Failure | null): void {
  const failure = result === null || 'class' in result ? result : result.ok ? null : result.failure;
  if (failure === null) return;
  demand(
    failure.message !== '' && failure.message.length <= LONGEST_MESSAGE,
    'a failure is told in some words',
  );
  demand((failure.advice?.length ?? 0) <= LONGEST_MESSAGE, 'an advice is some words');
}

/** All questions, since no client knows which answer belongs to which. */
const QUESTIONS: readonly ((asked: StashQuestions) => Promise<Result<unknown>>)[] = [
  (asked) => readScenes(asked, [sceneId('42'), sceneId('43')]),
  (asked) => scenes.newestScenes(asked, { page: 1, perPage: 100 }),
  (asked) => scenes.countScenes(asked),
  (asked) => scenes.sceneIdsAfter(asked, { after: sceneId('1'), limit: 1_000 }),
  (asked) => scenes.scenesAfter(asked, { after: null, limit: 500 }),
  (asked) => scenes.sceneStampsAfter(asked, { after: null, limit: 1_000 }),
  (asked) => scenes.scenesWithFileNamed(asked, 'b.mp4'),
  (asked) => newestEntities(asked, 'tag', { page: 1, perPage: 100 }),
  (asked) => entityStamp(asked, 'tag', entityId('1')),
  (asked) => tagsBelow(asked, ['A']),
  (asked) => asked.probe(),
  (asked) => asked.plugins(),
];

const answers: Target = {
  name: 'answers of Stash',
  seeds: [...SEEDS, bytesOf('<!doctype html><title>Sign in</title>'), bytesOf('')],
  weight: 4,
  open() {
    const { http, answer } = answeringHttp();
    const ask = createAskStash(http, apiKeySignIn('key'));
    return Promise.resolve({
      async feed(input: Uint8Array) {
        answer(input);
        for (const question of QUESTIONS) {
          // Anew for each: what it learns of Stash's version stays with it.
          demandWords(
            await question(createStashQuestions(ask, { tagAliases: true, performerAliases: true })),
          );
        }
        demandWords(await readPlugins(ask));
        const config = await readPluginConfig(ask, 'plexsync');
        if (config.ok) demand(typeof config.value.apiKey === 'string', 'a key is a text');
        const read = await readScenes(
          createStashQuestions(ask, { tagAliases: true, performerAliases: true }),
          [sceneId('42')],
        );
        if (read.ok) for (const scene of read.value.values()) demandScene(scene);
      },
    });
  },
};

type ReadScene =
  Extract<Awaited<ReturnType<typeof readScenes>>, { ok: true }>['value'] extends ReadonlyMap<
    unknown,
    infer Each
  >
    ? Each
    : never;

function demandScene(scene: ReadScene): void {
  if (scene === null || 'class' in scene) return demandWords(scene);
  const ids: readonly EntityId[] = [...scene.performers, ...scene.tags, ...scene.groups].map(({ id }) => id);
  demand(ids.every(isStashId), 'an id is a number');
  for (const { size, durationMs } of scene.files) {
    demand(
      [size, durationMs].every((each) => each === null || Number.isSafeInteger(each)),
      'a size is a whole number',
    );
  }
}

const covers: Target = {
  name: 'covers of Stash',
  seeds: [
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0),
    bytesOf('\u0089PNG\r\n\u001a\n'),
    bytesOf('RIFF\0\0\0\0WEBPVP8 '),
    bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    bytesOf('<!doctype html><title>Sign in</title>'),
    bytesOf('\0\0\0 ftypavif'),
    bytesOf('bytes 0-63/12345'),
  ],
  weight: 5,
  open() {
    const { http, answer } = answeringHttp();
    const questions = createStashQuestions(createAskStash(http, apiKeySignIn('')), {
      tagAliases: false,
      performerAliases: false,
    });
    const { cover, coverHead } = createCovers(http, { advice: 'Sign in.', probe: questions.probe });
    return Promise.resolve({
      async feed(input: Uint8Array) {
        answer(input);
        demandWords(await cover(sceneId('42')));
        const head = await coverHead(sceneId('42'));
        demandWords(head);
        const size = head.ok ? head.value?.size : null;
        demand(size === null || size === undefined || Number.isSafeInteger(size), 'a size is a whole number');
      },
    });
  },
};

export const STASH_ANSWER_TARGETS: readonly Target[] = [answers, covers];
