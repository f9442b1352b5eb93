import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askStash } from './askStash.ts';
import { type StashSimulator, startStashSimulator } from './simulator.ts';

const START_MS = Date.parse('2026-11-24T03:00:00Z');
let nowMs: number;
let stash: StashSimulator;
beforeEach(async () => {
  nowMs = START_MS;
  stash = await startStashSimulator({ clock: () => nowMs, switches: { zone: '-05:00' } });
});
afterEach(() => stash.close());

const LATER_MS = START_MS + 60_000;
const AT_START = '2026-11-23T22:00:00-05:00';
const LATER = '2026-11-23T22:01:00-05:00';

const ask = (query: string) => askStash(stash.url, { query });
const messageOf = async (query: string) => (await ask(query)).errors[0]?.message;
const stampOf = (id: number) => stash.library.scenes.get(id)?.updatedAt;

/** A minute after everything was made. */
const later = async (query: string) => {
  nowMs = LATER_MS;
  const { data, errors } = await ask(query);
  expect(errors).toEqual([]);
  return data;
};

describe('updated_at of a scene', () => {
  beforeEach(() => {
    for (const name of ['one', 'two'])
      stash.library.addScene({ files: [{ path: `/data/${name}.mp4` }], tagIds: [1], studioId: 1 });
    stash.library.addTag({ name: 'tag' });
    stash.library.addTag({ name: 'other' });
    stash.library.addStudio({ name: 'studio' });
  });

  test.each([
    ['an edit that changes nothing', 'mutation { sceneUpdate(input: { id: 1 }) { id } }'],
    ['a bulk edit', 'mutation { bulkSceneUpdate(input: { ids: [1], organized: true }) { id } }'],
    ['an edit of several', 'mutation { scenesUpdate(input: [{ id: 1, title: "x" }]) { id } }'],
    ['a merge into it', 'mutation { sceneMerge(input: { source: [2], destination: 1 }) { id } }'],
  ])('moves with %s', async (_, mutation) => {
    await later(mutation);
    expect(stampOf(1)).toBe(LATER);
  });

  test.each([
    ['a file is moved', 'mutation { moveFiles(input: { ids: [1], destination_folder: "/data/new" }) }'],
    ['its tag is renamed', 'mutation { tagUpdate(input: { id: 1, name: "renamed" }) { id } }'],
    ['its tag is destroyed', 'mutation { tagDestroy(input: { id: 1 }) }'],
    ['its tag is merged', 'mutation { tagsMerge(input: { source: [1], destination: 2 }) { id } }'],
    ['its studio is destroyed', 'mutation { studiosDestroy(ids: [1]) }'],
  ])('stays when %s', async (_, mutation) => {
    await later(mutation);
    expect(stampOf(1)).toBe(AT_START);
  });

  test('stays when a scan finds its file renamed, and moves when it finds a copy', async () => {
    nowMs = LATER_MS;
    const scene = stash.library.scenes.get(1) ?? expect.unreachable();
    await stash.scan.renamedFile(scene, '/data/renamed.mp4');
    stash.scan.renamedFolder('/data', '/moved');
    expect(stampOf(1)).toBe(AT_START);
    expect(stash.library.filesOf(scene)).toMatchObject([{ path: '/moved/renamed.mp4', updatedAt: LATER }]);
    await stash.scan.copyOf(scene, '/moved/copy.mp4');
    expect(stampOf(1)).toBe(LATER);
  });

  test('is printed in the zone of the server at the time, so zones mix', async () => {
    stash.switches.zone = '+01:00';
    await later('mutation { sceneUpdate(input: { id: 1 }) { id } }');
    const { data } = await ask('{ findScenes(filter: { sort: "id" }) { scenes { updated_at } } }');
    expect(data).toEqual({
      findScenes: { scenes: [{ updated_at: '2026-11-24T04:01:00+01:00' }, { updated_at: AT_START }] },
    });
  });
});

describe('an edit', () => {
  test('sets what is given, clears what is null, leaves the rest', async () => {
    stash.library.addScene({ title: 'old', details: 'long', code: 'C1', rating100: 5, date: '2020-01-02' });
    const data = await later(
      'mutation { sceneUpdate(input: { id: 1, title: "  new ", details: null, rating100: 120, date: "" }) { title details code rating100 date } }',
    );
    expect(data).toEqual({
      sceneUpdate: { title: 'new', details: '', code: 'C1', rating100: 120, date: null },
    });
  });

  test('in bulk adds, removes or replaces', async () => {
    for (const name of ['a', 'b', 'c']) stash.library.addTag({ name });
    stash.library.addScene({ tagIds: [1] });
    const bulk = async (mode: string, ids: string) => {
      const input = `{ ids: [1], tag_ids: { mode: ${mode}, ids: ${ids} } }`;
      await later(`mutation { bulkSceneUpdate(input: ${input}) { id } }`);
      return stash.library.scenes.get(1)?.tagIds;
    };
    expect(await bulk('ADD', '[2, 3]')).toEqual([1, 2, 3]);
    expect(await bulk('REMOVE', '[1]')).toEqual([2, 3]);
    expect(await bulk('SET', '[1, 1]')).toEqual([1]);
  });

  test.each([
    [
      'mutation { bulkSceneUpdate(input: { ids: [1, 9], organized: true }) { id } }',
      'sql: no rows in result set',
    ],
    [
      'mutation { scenesUpdate(input: [{ id: 1, organized: true }, { id: 9 }]) { id } }',
      'scene with id 9 not found',
    ],
    [
      'mutation { sceneUpdate(input: { id: 1, organized: true, tag_ids: [9] }) { id } }',
      expect.stringContaining('FOREIGN KEY'),
    ],
    [
      'mutation { sceneUpdate(input: { id: 1, organized: true, date: "2020-02-31" }) { id } }',
      expect.stringContaining('failed to parse date'),
    ],
    [
      'mutation { sceneUpdate(input: { id: 1, organized: true, title: "" }) { id } }',
      'title must be set if scene has no files',
    ],
    ['mutation { scenesDestroy(input: { ids: [1, 9] }) }', 'scene with id 9 not found'],
  ])('that is refused leaves everything as it was: %s', async (mutation, message) => {
    stash.library.addScene({ title: 'only' });
    expect(await messageOf(mutation)).toEqual(message);
    expect(stash.library.scenes.get(1)).toMatchObject({ organized: false, title: 'only' });
  });
});

describe('a merge of scenes', () => {
  test('gives the files to the destination and ends the source', async () => {
    for (const name of ['a', 'b']) stash.library.addScene({ files: [{ path: `/data/${name}.mp4` }] });
    const data = await later(
      'mutation { sceneMerge(input: { source: [2], destination: 1 }) { files { path } } }',
    );
    expect(data).toEqual({ sceneMerge: { files: [{ path: '/data/a.mp4' }, { path: '/data/b.mp4' }] } });
    expect(stash.library.scenes.get(2)).toBeUndefined();
  });

  test('is refused into itself', async () => {
    stash.library.addScene();
    const merge = 'mutation { sceneMerge(input: { source: [1], destination: 1 }) { id } }';
    expect(await messageOf(merge)).toBe('destination scene cannot be in source list');
  });
});

test('an id is never used twice', async () => {
  await later('mutation { sceneCreate(input: { title: "one" }) { id } }');
  await later('mutation { sceneDestroy(input: { id: 1 }) }');
  expect(await later('mutation { sceneCreate(input: { title: "two" }) { id } }')).toEqual({
    sceneCreate: { id: '2' },
  });
});

describe('an entity', () => {
  test('that goes is taken off its scenes', async () => {
    stash.library.addScene({
      tagIds: [1],
      studioId: 1,
      performerIds: [1],
      groups: [{ groupId: 1, sceneIndex: 3 }],
    });
    stash.library.addTag({ name: 't' });
    stash.library.addStudio({ name: 's' });
    stash.library.addPerformer({ name: 'p' });
    stash.library.addGroup({ name: 'g' });
    await later(
      'mutation { tagsDestroy(ids: [1]) studioDestroy(input: { id: 1 }) performersDestroy(ids: [1]) groupDestroy(input: { id: 1 }) }',
    );
    expect(stash.library.scenes.get(1)).toMatchObject({
      tagIds: [],
      studioId: null,
      performerIds: [],
      groups: [],
    });
  });

  test('of tags, merged, hands on its scenes, children and names', async () => {
    for (const name of ['kept', 'gone']) stash.library.addTag({ name });
    stash.library.addTag({ name: 'child', parentIds: [2] });
    stash.library.addScene({ tagIds: [1, 2] });
    const data = await later(
      'mutation { tagsMerge(input: { source: [2], destination: 1 }) { aliases children { name } } }',
    );
    expect(data).toEqual({ tagsMerge: { aliases: ['gone'], children: [{ name: 'child' }] } });
    expect(stash.library.scenes.get(1)?.tagIds).toEqual([1]);
  });

  test.each([
    ['mutation { tagCreate(input: { name: "TAKEN" }) { id } }', "tag with name 'TAKEN' already exists"],
    ['mutation { tagCreate(input: { name: "" }) { id } }', 'tag name must not be blank'],
    ['mutation { tagUpdate(input: { id: 9, name: "x" }) { id } }', 'tag with id 9 not found'],
    ['mutation { tagDestroy(input: { id: 9 }) }', 'id 9 does not exist in tags'],
    [
      'mutation { tagUpdate(input: { id: 1, parent_ids: [2] }) { id } }',
      'cannot apply tag "below" as a parent of "taken"',
    ],
    [
      'mutation { studioUpdate(input: { id: 1, parent_id: 1 }) { id } }',
      'studio cannot be an ancestor of itself',
    ],
    [
      'mutation { tagsMerge(input: { source: [1], destination: 1 }) { id } }',
      'cannot merge where source == destination',
    ],
  ])('is refused as in Stash: %s', async (mutation, message) => {
    stash.library.addTag({ name: 'taken' });
    stash.library.addTag({ name: 'below', parentIds: [1] });
    stash.library.addStudio({ name: 'studio' });
    expect(await messageOf(mutation)).toBe(message);
  });
});

test('files move only within the library', async () => {
  stash.library.addScene({ files: [{ path: '/data/a.mp4' }] });
  await later(
    'mutation { moveFiles(input: { ids: [1], destination_folder: "/data/new", destination_basename: "b.mp4" }) }',
  );
  expect(stash.library.files.get(1)?.path).toBe('/data/new/b.mp4');
  expect(
    await messageOf('mutation { moveFiles(input: { ids: [1], destination_folder: "/elsewhere" }) }'),
  ).toBe('folder path /elsewhere must be within a stash library path');
});
