import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TASKS, type TaskName } from '../../src/server/tasks.ts';
import { eventually } from '../processes/eventually.ts';
import { openPluginWorld, type PluginWorld } from './pluginWorld.ts';

/** A task holds up Stash's other jobs, scans among them. */
const LONGEST_TASK_MS = 5_000;

/** What the task answered, once Stash's job has ended. */
async function runTask(world: PluginWorld, task: TaskName): Promise<Record<string, unknown>> {
  const { name } = TASKS[task];
  await world.mutate(`runPluginTask(plugin_id: "plexsync", task_name: "${name}")`);
  await world.stash.jobs.idle();
  const run = world.stash.log.tasks.at(-1);
  const job = world.stash.jobs.ended().at(-1);
  expect(run).toMatchObject({ exitCode: 0, error: null });
  expect(run?.ms).toBeLessThan(LONGEST_TASK_MS);
  expect(job).toMatchObject({ status: 'FINISHED', progress: 1, reports: [0, 1], error: null });
  const { output } = JSON.parse(run?.stdout ?? '');
  return output;
}

/** All that a task could change. */
async function changeable(world: PluginWorld): Promise<unknown> {
  const { queue, links, stop, pauses } = await world.status();
  const [pending, dead] = [
    await world.operate({ operation: 'queue', input: { states: ['pending', 'waiting'], limit: 100 } }),
    await world.operate({ operation: 'dead', input: { limit: 100 } }),
  ];
  return { queue, links, stop, pauses, pending, dead, edits: world.plex.log.counts().edits };
}

describe('a task', () => {
  test('enqueues, says how much in its one JSON object and in Stash’s log, and ends; the daemon does the rest', async () => {
    const world = await openPluginWorld({ files: 6 });
    await world.setUp();
    expect(await runTask(world, 'sync-all')).toEqual({
      message: 'PlexSync looks at all 6 scenes from now on.',
      added: 1,
      coalesced: 0,
      scenes: 6,
    });
    await eventually(async () => expect((await world.status()).links).toBe(6));
    expect(world.said()).toContain('info: PlexSync looks at all 6 scenes from now on.');
    expect(await runTask(world, 'reconcile')).toMatchObject({ added: 1 });
    expect(await runTask(world, 'sync-recent')).toMatchObject({ scenes: 6 });
    world.plex.log.assertHarmless();
  });

  test('compares a new library without writing, says in Stash’s log what would change, and writes it when told to', async () => {
    const world = await openPluginWorld({ files: 3, env: { PLEXSYNC_FIRST_SYNC: 'ask' } });
    await world.setUp();
    expect((await runTask(world, 'sync-all'))['message']).toMatch(
      /^PlexSync looks at all 3 scenes .*writes nothing yet/,
    );
    await eventually(async () => expect((await world.status()).firstSync?.report?.tally.scenes).toBe(3));
    expect((await runTask(world, 'status'))['message']).toContain(
      'asks before it writes. 3 scenes: 3 would change',
    );
    expect(world.said().join('\n')).toMatch(
      /^info: PlexSync has compared everything and written nothing yet\. 3 scenes: 3 would change.*“Run the first sync”/m,
    );
    expect(world.plex.log.counts().edits).toBe(0);
    expect(await runTask(world, 'run-first-sync')).toMatchObject({ wasAsking: true });
    await eventually(async () => expect((await world.status()).links).toBe(3));
    expect((await runTask(world, 'run-first-sync'))['message']).toContain('accepted already');
  });

  test('lets comparisons rest and go on', async () => {
    const world = await openPluginWorld({ files: 3 });
    await world.setUp();
    await runTask(world, 'pause-reconcile');
    expect((await runTask(world, 'sync-all'))['message']).toContain('is paused until');
    expect((await runTask(world, 'status'))['message']).toContain(
      'The comparison of everything is paused until',
    );
    await runTask(world, 'resume-reconcile');
    await eventually(async () => expect((await world.status()).links).toBe(3));
  });

  test('retries and clears what needs a person, and clears the queue', async () => {
    const world = await openPluginWorld({ files: 3 });
    await world.setUp();
    // Nothing is written any more, so that what is queued stays there.
    await world.setUp({ plex_url: 'http://127.0.0.1:9' });
    await world.operate({ operation: 'sync', input: { kind: 'scenes', scenes: ['1', '2'] } });
    const waiting = async () =>
      JSON.stringify(await world.operate({ operation: 'queue', input: { states: ['pending'], limit: 100 } }));
    expect(await waiting()).toMatch(/"kind":"scene","id":"1"|"id":"1","kind":"scene"/);
    // The look at Stash that goes with the start may have queued more.
    expect(Number((await runTask(world, 'clear-queue'))['cleared'])).toBeGreaterThanOrEqual(2);
    expect(await waiting()).not.toMatch(/"source":"command"/);
    expect(await runTask(world, 'retry-dead')).toMatchObject({ retried: 0 });
    expect(await runTask(world, 'clear-dead')).toMatchObject({ cleared: 0 });
  });

  test.each(['status', 'doctor'] as const)('that only reads changes nothing: %s', async (task) => {
    const world = await openPluginWorld({ files: 3 });
    await world.setUp();
    await world.operate({ operation: 'sync', input: { kind: 'all' } });
    await eventually(async () => {
      const { queue, links } = await world.status();
      expect({ pending: queue.pending + queue.running, links }).toEqual({ pending: 0, links: 3 });
    });
    const before = await changeable(world);
    expect(await runTask(world, task)).toMatchObject({ message: expect.stringMatching(/^PlexSync/) });
    expect(await changeable(world)).toEqual(before);
  });

  test('that examines everything says which server does not answer, while somebody waits for it', async () => {
    const world = await openPluginWorld({ files: 3 });
    await world.setUp();
    world.plex.faults.add({ fault: 'never', count: Number.POSITIVE_INFINITY });
    const { message, lines } = await runTask(world, 'doctor');
    expect(message).toMatch(/^PlexSync’s doctor: \d+ things are fine, \d are to be looked at:$/);
    for (const line of Array.isArray(lines) ? lines.map(String) : [])
      expect(line).toMatch(/^PlexSync [!✗] [^:]+: .+[.!?](?: What to do: .+)?$/);
    expect(lines).toContainEqual(
      expect.stringMatching(/^PlexSync ✗ Plex: No answer came in time\. What to do: /),
    );
    const said = world.said();
    expect(said).toContain(`info: ${String(message)}`);
    expect(said).toContainEqual(expect.stringMatching(/^warning: PlexSync ✗ Plex: No answer came in time\./));
    expect(said.join('\n')).not.toContain('/data');
  });

  test('that finds no Node.js ends at once, and Stash’s log says what to install', async () => {
    const world = await openPluginWorld({ files: 1, env: { PLEXSYNC_NODE: '', PATH: '/usr/bin:/bin' } });
    await world.mutate('runPluginTask(plugin_id: "plexsync", task_name: "Sync all")');
    await world.stash.jobs.idle();
    expect(world.stash.log.tasks[0]?.ms).toBeLessThan(LONGEST_TASK_MS);
    expect(world.stash.jobs.ended().at(-1)?.status).toBe('FINISHED');
    expect(world.said().join('\n')).toMatch(/No Node\.js 22\.13 or newer found\..*Install it/);
  });
});

/** What the script on Stash's pages sends when they open. */
const wake = { operation: 'wake' };

describe('opening Stash’s page', () => {
  test('is no error where no Node.js is found: its log says so once', async () => {
    const world = await openPluginWorld({ files: 1, env: { PLEXSYNC_NODE: '', PATH: '/usr/bin:/bin' } });
    for (let opened = 0; opened < 3; opened++) expect(await world.operate(wake)).toBeNull();
    expect(world.said()).toEqual([expect.stringMatching(/^warning: No Node\.js 22\.13 or newer found\./)]);
    expect(readdirSync(world.inboxDir)).toEqual(['no-node']);
  });

  test('is no error where the folder of a service is not there', async () => {
    const world = await openPluginWorld({ files: 1, env: { PLEXSYNC_INBOX_DIR: '/tmp/there is no inbox' } });
    expect(await world.operate(wake)).toBeNull();
    expect(world.said()).toEqual([]);
  });

  test('starts a daemon, and is told whether it needs a person', async () => {
    const world = await openPluginWorld({ files: 1 });
    expect(await world.operate(wake)).toEqual({ dead: 0, isStuck: true, isService: false });
    await world.setUp();
    expect(await world.operate(wake)).toEqual({ dead: 0, isStuck: false, isService: false });
    expect(world.daemon()).not.toBeNull();
  });
});

describe('an operation', () => {
  test('syncs one scene, shows its plan and history, and lists the queue', async () => {
    const world = await openPluginWorld({ files: 3 });
    await world.setUp();
    const scene = world.stash.library.scenes.get(2);
    expect(await world.operate({ operation: 'plan', input: ['2'] })).toMatchObject([
      {
        sceneId: '2',
        title: scene?.title,
        failure: null,
        items: [{ evidence: expect.stringMatching(/^(path|name-and-size)$/) }],
      },
    ]);
    const sync = { operation: 'sync', input: { kind: 'scenes', scenes: ['2'] } };
    expect(await world.operate(sync)).toMatchObject({ added: 1, coalesced: 0 });
    await world.arrives(2, scene?.title ?? '');
    await eventually(async () =>
      expect(await world.operate({ operation: 'history', input: { scene: '2', limit: 10 } })).toMatchObject([
        { sceneId: '2', state: 'arrived' },
      ]),
    );
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['that does not exist', { operation: 'format-disk' }, /^there is no operation "format-disk"$/],
    ['that every object has', { operation: 'constructor' }, /^there is no operation "constructor"$/],
    ['without a name', {}, /does not understand this: it takes args\.task/],
    ['with an input that does not fit', { operation: 'plan', input: ['x; rm'] }, /id/],
    ['with a task that does not exist', { task: 'dance' }, /does not understand this/],
  ])('%s is refused with words', async (_, args, words) => {
    const world = await openPluginWorld({ files: 1 });
    await expect(world.operate(args)).rejects.toThrow(words);
  });

  test('may be asked by many at once', async () => {
    const world = await openPluginWorld({ files: 1 });
    await world.setUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.status()));
    expect(new Set(answers.map(({ daemon }) => daemon?.pid)).size).toBe(1);
  });
});
