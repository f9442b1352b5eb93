import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';
import { entityId, sceneId } from '../../src/core/ids.ts';
import { ENTITY_KINDS } from '../../src/core/scene.ts';
import {
  ASSUMED_FEATURES,
  afterId,
  carrying,
  entityStampDocument,
  FIND_IDS,
  FIND_STAMPS,
  findWholeScenes,
  idVariables,
  newestEntitiesDocument,
  newestFirst,
  PROBE,
  pageById,
  pathIncludes,
  readScenesDocument,
  TAGS_BELOW,
  TAGS_NAMED,
} from '../../src/stash/documents.ts';

/**
 * The simulator is worth as much as it is like the real thing. With `PLEXSYNC_REAL_STASH` naming a running
 * Stash, 0.30 or later and without a password, whose scene 1 has a file, a studio, a performer and a tag, and
 * which has a plugin but none of the name `nobody`, every document of ours is sent to both, and the shapes of
 * the answers are compared. Nothing is changed but for a job in the queue, which fails.
 */
const real = process.env['PLEXSYNC_REAL_STASH'];
if (real === undefined)
  console.log('realStash.test.ts is skipped: PLEXSYNC_REAL_STASH names no running Stash.');

const known = { ...ASSUMED_FEATURES, tagAliases: true, performerAliases: true };
const some = [sceneId('1'), sceneId('999999')];
const CASES: readonly (readonly [what: string, query: string, variables: object])[] = [
  ['the probe', PROBE, {}],
  ['scenes by id, one of them missing', readScenesDocument(2, known), idVariables(some)],
  ['the newest scenes', FIND_STAMPS, { page: newestFirst(1, 2), which: {} }],
  ...ENTITY_KINDS.flatMap((kind): typeof CASES => [
    [`the newest ${kind}s`, newestEntitiesDocument(kind), { page: newestFirst(1, 2) }],
    [`the stamp of a ${kind}`, entityStampDocument(kind), { id: '1' }],
    [`the stamp of a ${kind} that is gone`, entityStampDocument(kind), { id: '999999' }],
  ]),
  ['tags by name', TAGS_NAMED, { name: 'Rain' }],
  ['tags below others', TAGS_BELOW, { ids: ['1'] }],
  ['a page of ids', FIND_IDS, { page: pageById(2), which: afterId(sceneId('0')) }],
  ['no more ids', FIND_IDS, { page: pageById(2), which: afterId(sceneId('999999')) }],
  ['scenes of a tag', FIND_IDS, { page: pageById(2), which: carrying('tag', entityId('1')) }],
  [
    'scenes of a tag that is gone',
    FIND_IDS,
    { page: pageById(2), which: carrying('tag', entityId('999999')) },
  ],
  ['scenes of a studio', FIND_IDS, { page: pageById(2), which: carrying('studio', entityId('1')) }],
  ['scenes of a performer', FIND_IDS, { page: pageById(2), which: carrying('performer', entityId('1')) }],
  ['scenes of a group', FIND_IDS, { page: pageById(2), which: carrying('group', entityId('1')) }],
  ['scenes by file name', findWholeScenes(known), { page: pageById(1), which: pathIncludes('.mp4') }],
  ['a field that does not exist', 'query { findScenes { scenes { nonsense } } }', {}],
  ['a document that does not parse', 'query { findScenes', {}],
  ['a sort that does not exist', FIND_IDS, { page: { sort: 'nonsense' }, which: {} }],
  ['ids of which one is missing', 'query { findScenes(ids: ["1", "999999"]) { scenes { id } } }', {}],
  ['ids of which one comes twice', 'query { findScenes(ids: ["1", "1"]) { scenes { id } } }', {}],
  ['the plugins', '{ plugins { id name enabled } }', {}],
  ['the settings of a plugin that is not there', settingsOf('nobody'), {}],
  ['settings that are no map', configure('"text"'), {}],
  ['an operation of a plugin that is not there', 'mutation { runPluginOperation(plugin_id: "nobody") }', {}],
  ['a task of a plugin that is not there', 'mutation { runPluginTask(plugin_id: "nobody") }', {}],
  ['an unknown job', '{ findJob(input: { id: 999999 }) { id } }', {}],
  ['an unknown job is stopped', 'mutation { stopJob(job_id: 999999) }', {}],
  ['a job whose id is no number', 'mutation { stopJob(job_id: "x") }', {}],
  ['no plugins to disable', 'mutation { setPluginsEnabled(enabledMap: {}) }', {}],
  ['the plugins are read anew', 'mutation { reloadPlugins }', {}],
];

function settingsOf(plugin: string): string {
  return `{ configuration { plugins(include: ["${plugin}"]) } }`;
}

function configure(input: string): string {
  return `mutation { configurePlugin(plugin_id: "nobody", input: ${input}) }`;
}

describe.skipIf(real === undefined)('the simulator answers as the real Stash does', () => {
  let simulated: StashSimulator;
  beforeAll(async () => {
    simulated = await startStashSimulator({ plugins: [{ id: 'listed', pluginDir: '/plugins/listed' }] });
    const { library } = simulated;
    const [studio, performer, tag] = [
      library.addStudio({ name: 'Studio' }),
      library.addPerformer({ name: 'Performer' }),
      library.addTag({ name: 'Tag' }),
    ];
    for (let number = 1; number <= 3; number++) {
      library.addScene({
        title: 'Title',
        date: '2020-01-01',
        studioId: studio.id,
        performerIds: [performer.id],
        tagIds: [tag.id],
        files: [{ path: `/data/${number}.mp4` }],
      });
    }
  });
  afterAll(() => simulated.close());

  test.each(CASES)('%s', async (_, query, variables) => {
    const [expected, found] = await Promise.all([
      ask(real ?? '', query, variables),
      ask(simulated.url, query, variables),
    ]);
    expect(found).toEqual(expected);
  });
});

async function ask(url: string, query: string, variables: object): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const type = response.headers.get('content-type')?.split(';')[0];
  const answer = (await response.json()) as {
    errors?: readonly { extensions?: object; path?: unknown }[];
    data: unknown;
  };
  return {
    status: response.status,
    type,
    errors: answer.errors?.map(({ path, extensions }) => ({ path, extensions })),
    data: shapeOf(answer.data),
  };
}

/** Kinds instead of values; of a list the kinds of its elements, so that lengths do not matter. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((each) => JSON.stringify(shapeOf(each))))].sort();
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
