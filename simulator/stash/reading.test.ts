import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askStash, type StashQuestion } from './askStash.ts';
import { type StashSimulator, startStashSimulator } from './simulator.ts';

let stash: StashSimulator;
beforeEach(async () => {
  stash = await startStashSimulator();
});
afterEach(() => stash.close());

const ask = (question: StashQuestion) => askStash(stash.url, question);
const read = async (query: string, variables: Record<string, unknown> = {}) => {
  const { data } = await ask({ query, variables });
  return data;
};
const post = async (body: string, type: string) => {
  const answer = await fetch(`${stash.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
};

describe('a scanned scene', () => {
  test('has an empty title and empty texts, and its files with their fingerprints', async () => {
    const scene = await stash.scan.newFile({
      path: '/data/A & B/one.mp4',
      size: 5_000_000_000,
      durationMs: 61_500,
    });
    const data = await read(`{ findScene(id: ${scene.id}) {
      title details date studio { id } tags { id } performers { id } groups { scene_index } urls organized rating100
      files { path basename size duration fingerprint(type: "oshash") fingerprints { type value } zip_file { path } }
    } }`);
    expect(data?.['findScene']).toEqual({
      title: '',
      details: '',
      date: null,
      studio: null,
      tags: [],
      performers: [],
      groups: [],
      urls: [],
      organized: false,
      rating100: null,
      files: [
        {
          path: '/data/A & B/one.mp4',
          basename: 'one.mp4',
          size: 5_000_000_000,
          duration: 61.5,
          fingerprint: '0000000000000001',
          fingerprints: [{ type: 'oshash', value: '0000000000000001' }],
          zip_file: null,
        },
      ],
    });
  });

  test('is found by its fingerprint', async () => {
    stash.library.addScene({ files: [{ path: '/data/one.mp4', oshash: 'abc' }] });
    const query = 'query($hash: String) { findSceneByHash(input: { oshash: $hash }) { id } }';
    expect(await read(query, { hash: 'abc' })).toEqual({ findSceneByHash: { id: '1' } });
    expect(await read(query, { hash: 'abd' })).toEqual({ findSceneByHash: null });
  });
});

test('paths are addresses of Stash as it is called; a cover that is missing is drawn, a preview is not', async () => {
  stash.library.addScene();
  const { host } = new URL(stash.url);
  const data = await read('{ findScene(id: 1) { updated_at paths { screenshot preview } } }');
  const scene = data?.['findScene'] as {
    updated_at: string;
    paths: { screenshot: string; preview: string };
  } | null;
  const { updated_at, paths } = scene ?? expect.unreachable();
  expect(paths).toEqual({
    screenshot: `http://${host}/scene/1/screenshot?t=${Date.parse(updated_at) / 1000}`,
    preview: `http://${host}/scene/1/preview`,
  });
  expect((await fetch(paths.screenshot)).headers.get('content-type')).toBe('image/svg+xml');
  expect((await fetch(paths.preview)).status).toBe(404);
});

test('the tags of a scene come by name, its performers by id', async () => {
  for (const name of ['b10', 'B9', 'a']) stash.library.addTag({ name });
  stash.library.addTag({ name: 'z', sortName: '0' });
  for (const name of ['Zoe', 'Ann']) stash.library.addPerformer({ name });
  stash.library.addScene();
  const edit = 'mutation { sceneUpdate(input: { id: 1, tag_ids: [1, 2, 3, 4], performer_ids: [2, 1] })';
  const data = await read(`${edit} { tags { name } performers { name } } }`);
  expect(data).toEqual({
    sceneUpdate: {
      tags: [{ name: 'z' }, { name: 'a' }, { name: 'B9' }, { name: 'b10' }],
      performers: [{ name: 'Zoe' }, { name: 'Ann' }],
    },
  });
});

test('a scene that is gone is null under an alias of its own, and an error among ids', async () => {
  stash.library.addScene();
  expect(await read('{ a: findScene(id: 1) { id } b: findScene(id: 2) { id } }')).toEqual({
    a: { id: '1' },
    b: null,
  });
  expect(await ask({ query: '{ findScenes(ids: [1, 2]) { scenes { id } } }' })).toMatchObject({
    status: 200,
    errors: [{ message: 'scene with id 2 not found', path: ['findScenes'] }],
    data: null,
  });
});

test('counts and sums are of all that match, not of the page', async () => {
  for (const size of [1, 2, 3])
    stash.library.addScene({ files: [{ path: `/data/${size}`, size, durationMs: 1_000 }] });
  const data = await read(
    '{ findScenes(filter: { per_page: 1 }) { count filesize duration scenes { id } } }',
  );
  expect(data?.['findScenes']).toEqual({ count: 3, filesize: 6, duration: 3, scenes: [{ id: '1' }] });
});

test('entities are found by name, with wildcards, in the order of their names', async () => {
  for (const name of ['b10', 'B9', 'a']) stash.library.addTag({ name });
  const data = await read(
    '{ all: findTags { count tags { name } } b: findTags(tag_filter: { name: { value: "b%", modifier: EQUALS } }) { tags { id } } }',
  );
  expect(data).toEqual({
    all: { count: 3, tags: [{ name: 'a' }, { name: 'B9' }, { name: 'b10' }] },
    b: { tags: [{ id: '2' }, { id: '1' }] },
  });
});

test('introspection tells what this Stash has', async () => {
  const data = await read('{ __type(name: "Tag") { fields { name } } }');
  expect(data).toEqual({ __type: { fields: expect.arrayContaining([{ name: 'sort_name' }]) } });
});

describe('an older Stash', () => {
  beforeEach(() => {
    stash.switches.olderStash = true;
  });

  test('does not know later fields: the whole document is refused', async () => {
    const data = await read('{ __type(name: "Tag") { fields { name } } }');
    expect(data).toEqual({ __type: { fields: expect.not.arrayContaining([{ name: 'sort_name' }]) } });
    expect(await ask({ query: '{ findTags { tags { id sort_name } } version { hash } }' })).toMatchObject({
      status: 400,
      data: null,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  test('refuses dates without a day, which the newer one takes', async () => {
    stash.library.addScene();
    const edit = 'mutation { sceneUpdate(input: { id: 1, date: "2024-05" }) { date } }';
    expect(await read(edit)).toEqual({ sceneUpdate: null });
    stash.switches.olderStash = false;
    expect(await read(edit)).toEqual({ sceneUpdate: { date: '2024-05' } });
  });
});

describe('what cannot be executed is HTTP 400:', () => {
  test.each([
    ['an unknown field', { query: '{ findScene(id: 1) { nope } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['text that is no document', { query: 'not graphql' }, 'GRAPHQL_PARSE_FAILED'],
    ['an empty document', { query: '' }, 'GRAPHQL_PARSE_FAILED'],
    [
      'an unknown key in a variable',
      {
        query: 'mutation($i: SceneUpdateInput!) { sceneUpdate(input: $i) { id } }',
        variables: { i: { id: 1, nope: 1 } },
      },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an operation that is not there',
      { query: 'query A { version { hash } }', operationName: 'B' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s', async (_, body, code) => {
    expect(await ask(body)).toMatchObject({
      status: 400,
      type: 'application/graphql-response+json',
      data: null,
      errors: [{ extensions: { code } }],
    });
  });

  test('a body that is no JSON, or is not called so', async () => {
    expect(await post('garbage', 'application/json')).toMatchObject({ status: 400, body: { data: null } });
    expect(await post('{"query":"{ version { hash } }"}', 'text/plain')).toMatchObject({
      status: 400,
      type: 'text/plain; charset=utf-8',
      body: { errors: [{ message: 'transport not supported' }] },
    });
  });
});

test('what a resolver refuses is HTTP 200 with an error and null', async () => {
  expect(await ask({ query: '{ findScene(id: "x") { id } }' })).toEqual({
    status: 200,
    type: 'application/graphql-response+json',
    errors: [{ message: 'strconv.Atoi: parsing "x": invalid syntax', path: ['findScene'] }],
    data: { findScene: null },
  });
});

test('a document may come by GET as well', async () => {
  const answer = await fetch(
    `${stash.url}/graphql?query=${encodeURIComponent('{ systemStatus { status } }')}`,
  );
  expect(await answer.json()).toEqual({ data: { systemStatus: { status: 'OK' } } });
});

test('the version may be empty, and the configuration names the folders that are scanned', async () => {
  const data = await read('{ version { version } configuration { general { stashes { path } apiKey } } }');
  expect(data).toEqual({
    version: { version: '' },
    configuration: { general: { stashes: [{ path: '/data' }], apiKey: '' } },
  });
});

test('every request is in the log, with its root fields', async () => {
  await read('query($id: ID) { one: findScene(id: $id) { id } version { hash } }', { id: 7 });
  await read('{ nope }');
  expect(stash.log.requests).toMatchObject([
    { fields: ['findScene', 'version'], variables: { id: 7 }, auth: 'none', status: 200 },
    { fields: ['nope'], status: 400 },
  ]);
  expect(stash.log.count('findScene')).toBe(1);
  stash.log.clear();
  expect(stash.log.requests).toEqual([]);
});
