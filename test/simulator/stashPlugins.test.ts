import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askStash } from '../../simulator/stash/askStash.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';

const MANIFEST = `
name: Sample Plugin
exec: [sh, "{pluginDir}/run.sh"]
errLog: info
tasks:
  - name: Sync all
    execArgs: [task, "{pluginDir}/x"]
    defaultArgs: { mode: sync_all, count: 5 }
  - name: Bare
hooks:
  - name: changes
    triggeredBy: [Tag.Create.Post]
    execArgs: [hook]
    defaultArgs: { mode: hook }
`;
/** Keeps what it was given, one JSON text a line; what it was told to do follows. */
const SCRIPT = 'printf \'{"args":"%s","stdin":%s}\\n\' "$*" "$(cat)" >> "$0.runs"\n. "$0.do"\n';

let folder: string;
let pluginDir: string;
let stash: StashSimulator;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'stash-plugins-'));
  pluginDir = path.join(folder, 'plugins/sample');
  mkdirSync(pluginDir, { recursive: true });
  writeFileSync(path.join(pluginDir, 'sample.yml'), MANIFEST);
  writeFileSync(path.join(pluginDir, 'run.sh'), SCRIPT);
  act(':');
  stash = await startStashSimulator({ configDir: folder });
});
afterEach(async () => {
  await stash.close();
  rmSync(folder, { recursive: true });
});

/** What the plugin does from now on. */
const act = (script: string) => writeFileSync(path.join(pluginDir, 'run.sh.do'), script);
const runs = () =>
  readFileSync(path.join(pluginDir, 'run.sh.runs'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const mutate = (mutation: string, variables: Readonly<Record<string, unknown>> = {}, declared = '') =>
  askStash(stash.url, { query: `mutation${declared} { ${mutation} }`, variables });
const problemOf = async (mutation: string) => (await mutate(mutation)).errors[0]?.message;
const fileThere = (name: string) =>
  vi.waitFor(() => expect(existsSync(path.join(folder, name))).toBe(true), { timeout: 10_000 });

describe('an operation', () => {
  const operate = (args: unknown) =>
    mutate('runPluginOperation(plugin_id: "sample", args: $args)', { args }, '($args: Map)');

  test('reads its arguments as they were given, by key, with no arguments of its own', async () => {
    act('printf \'{"output":{"found":[1,"<"],"none":null}}\'');
    const answer = await operate({ mode: 'status', deep: { b: 1, a: [{ d: 1, c: 2 }] } });
    expect(answer.data).toEqual({ runPluginOperation: { found: [1, '<'], none: null } });
    const [run] = runs();
    expect(run.args).toBe('');
    expect(JSON.stringify(run.stdin.args)).toBe('{"deep":{"a":[{"c":2,"d":1}],"b":1},"mode":"status"}');
    expect(run.stdin.server_connection).toMatchObject({
      Scheme: 'http',
      Host: '127.0.0.1',
      Port: stash.port,
      Dir: folder,
      PluginDir: pluginDir,
    });
    expect(stash.log.operations).toMatchObject([{ plugin: 'sample', args: { mode: 'status' }, exitCode: 0 }]);
  });

  test('without arguments gets an empty map', async () => {
    await mutate('runPluginOperation(plugin_id: "sample")');
    expect(runs()[0].stdin.args).toEqual({});
  });

  test('that fails is an error of GraphQL', async () => {
    act('printf \'{"error":"bad","output":1}\'; exit 3');
    const answer = await operate({});
    expect(answer).toMatchObject({ status: 200, data: { runPluginOperation: null } });
    expect(answer.errors).toEqual([{ message: 'bad', path: ['runPluginOperation'] }]);
    act('exit 3');
    expect((await operate({})).errors).toMatchObject([{ message: 'exit status 3' }]);
  });

  test('of a plugin that is disabled, or not there at all, is refused in words or by a panic', async () => {
    stash.plugins.setEnabled({ sample: false });
    expect(await problemOf('runPluginOperation(plugin_id: "sample")')).toBe('plugin sample is disabled');
    expect(await problemOf('runPluginOperation(plugin_id: "Sample")')).toBe(
      'Internal system error. Error <runtime error: invalid memory address or nil pointer dereference>',
    );
    stash.plugins.add({ id: 'listed', pluginDir: folder });
    expect(await problemOf('runPluginOperation(plugin_id: "listed")')).toBe('empty exec value');
  });

  test('is killed when the one who asked leaves', async () => {
    act(': >started; exec sleep 30');
    const leave = new AbortController();
    const query = 'mutation { runPluginOperation(plugin_id: "sample") }';
    const asked = askStash(stash.url, { query }, { signal: leave.signal });
    await fileThere('started');
    leave.abort();
    await expect(asked).rejects.toThrow('aborted');
    await vi.waitFor(() => expect(stash.log.operations).toMatchObject([{ wasKilled: true }]));
  });

  test('does not wait for the task that runs', async () => {
    act(`case $1 in task) exec sleep 30 ;; esac; printf '{"output":"at once"}'`);
    await mutate('runPluginTask(plugin_id: "sample", task_name: "Sync all")');
    expect((await operate({})).data).toEqual({ runPluginOperation: 'at once' });
  });

  test.each([
    ['run.sh', 0o755, undefined],
    ['./run.sh', 0o755, undefined],
    ['run.sh', 0o644, `error running plugin: fork/exec FOLDER/run.sh: permission denied`],
    ['nothing', 0o755, `error running plugin: fork/exec FOLDER/nothing: no such file or directory`],
    [`{pluginDir}/run.sh`, 0o755, `error running plugin: fork/exec FOLDER/{pluginDir}/run.sh: no such`],
  ])('of the program %j (mode %o) that lies beside the manifest: %s', async (program, mode, message) => {
    writeFileSync(path.join(pluginDir, 'run.sh'), '#!/bin/sh\n');
    chmodSync(path.join(pluginDir, 'run.sh'), mode);
    stash.plugins.add({ id: 'other', exec: [program], pluginDir });
    const problem = await problemOf('runPluginOperation(plugin_id: "other")');
    if (message === undefined) expect(problem).toBe(undefined);
    else expect(problem).toContain(message.replace('FOLDER', pluginDir));
  });
});

describe('a task', () => {
  const queue = async (rest: string) => {
    const { data } = await mutate(`runPluginTask(plugin_id: "sample"${rest})`);
    return Number(data?.['runPluginTask']);
  };
  const JOB = 'id status description progress error subTasks startTime endTime addTime';
  const find = async (id: number) =>
    (await askStash(stash.url, { query: `{ findJob(input: { id: ${id} }) { ${JOB} } }` })).data?.['findJob'];

  test('is a job whose arguments are those given and else its defaults', async () => {
    const id = await queue(', task_name: "Sync all", args_map: { mode: "mine", z: 1 }');
    await stash.jobs.idle();
    expect(await find(id)).toMatchObject({
      id: '1',
      status: 'FINISHED',
      description: 'Running plugin task: Sync all',
      error: null,
    });
    expect(runs()).toMatchObject([
      { args: `task ${pluginDir}/x`, stdin: { args: { mode: 'mine', count: '5', z: 1 } } },
    ]);
    expect(stash.log.tasks).toMatchObject([
      { jobId: 1, task: 'Sync all', args: { mode: 'mine', count: '5', z: 1 } },
    ]);
  });

  test('without a name runs the plugin with the arguments alone', async () => {
    await queue(', args_map: { mode: "mine" }, description: "By hand"');
    expect(stash.jobs.queue()).toMatchObject([{ description: 'Running plugin task: By hand' }]);
    await stash.jobs.idle();
    expect(runs()).toMatchObject([{ args: '', stdin: { args: { mode: 'mine' } } }]);
  });

  test('that cannot be started fails with the reason', async () => {
    await queue(', task_name: "Nothing"');
    await mutate('runPluginTask(plugin_id: "nobody", task_name: "x")');
    stash.plugins.add({ id: 'other', exec: ['nothing'], pluginDir });
    await mutate('runPluginTask(plugin_id: "other")');
    await stash.jobs.idle();
    stash.plugins.setEnabled({ sample: false });
    await queue(', task_name: "Sync all"');
    await stash.jobs.idle();
    const created = 'Error creating plugin task: ';
    const errors = [
      `${created}no task with name Nothing in plugin Sample Plugin`,
      `${created}no plugin with ID nobody`,
      `Error running plugin task: error running plugin: fork/exec ${pluginDir}/nothing: no such file or directory`,
      `${created}plugin sample is disabled`,
    ];
    expect(stash.jobs.ended()).toMatchObject(errors.map((error) => ({ status: 'FAILED', error })));
    expect(stash.log.lines).toEqual(
      errors.map((error) => ({ level: 'error', text: `task failed due to error: ${error}` })),
    );
  });

  test('that answers an error has finished all the same: only the log says so', async () => {
    act('printf \'{"error":"bad"}\'');
    const id = await queue(', task_name: "Bare"');
    await stash.jobs.idle();
    expect(await find(id)).toMatchObject({ status: 'FINISHED', error: null });
    expect(stash.log.lines).toEqual([{ level: 'error', text: 'Plugin returned error: bad' }]);
  });

  test('reports its progress on stderr, which is not logged', async () => {
    act(
      `printf '\\001p\\0020.25\\n\\001p\\0022\\n\\001p\\002half\\n\\001w\\002careful\\nplain\\n\\001i\\002\\n' >&2`,
    );
    await queue(', task_name: "Bare"');
    await stash.jobs.idle();
    expect(stash.jobs.ended()).toMatchObject([{ progress: 1, reports: [0.25, 2] }]);
    const parsing = 'strconv.ParseFloat: parsing "half": invalid syntax';
    expect(stash.log.lines).toEqual([
      { level: 'error', text: `Error parsing progress value 'half': ${parsing}` },
      { level: 'warning', text: 'careful' },
      { level: 'info', text: 'plain' },
      { level: 'info', text: '\u0001i\u0002' },
    ]);
  });

  test('is cut off from the log by a line that is too long, and dies of its next one', async () => {
    act('printf "%070000d\\n" 0 >&2; sleep 0.1; echo after >&2; : >survived');
    await queue(', task_name: "Bare"');
    await stash.jobs.idle();
    expect(stash.log.lines).toEqual([{ level: 'error', text: 'Plugin returned error: signal: broken pipe' }]);
    expect(existsSync(path.join(folder, 'survived'))).toBe(false);
  });

  test('is killed when its job is stopped; those behind it go on', async () => {
    act(`case $1 in task) : >started; exec sleep 30 ;; esac`);
    const first = await queue(', task_name: "Sync all"');
    const second = await queue(', task_name: "Bare"');
    await fileThere('started');
    expect((await askStash(stash.url, { query: '{ jobQueue { id status } }' })).data).toEqual({
      jobQueue: [
        { id: '1', status: 'RUNNING' },
        { id: '2', status: 'READY' },
      ],
    });
    expect((await mutate(`stopJob(job_id: ${first})`)).data).toEqual({ stopJob: true });
    await stash.jobs.idle();
    expect(await find(first)).toMatchObject({ status: 'CANCELLED' });
    expect(await find(second)).toMatchObject({ status: 'FINISHED' });
    expect((await askStash(stash.url, { query: '{ jobQueue { id } }' })).data).toEqual({ jobQueue: null });
  });

  test('outlives the Stash that goes down, which knows nothing of it when it is back', async () => {
    act('echo $$ >started.new; mv started.new started; sleep 0.2; echo anybody >&2; : >survived');
    const id = await queue(', task_name: "Bare"');
    await fileThere('started');
    await stash.goDown();
    await stash.comeBack();
    expect(await find(id)).toBe(null);
    const pid = Number(readFileSync(path.join(folder, 'started'), 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 });
    // Its stderr leads nowhere, so that writing to it ended it.
    expect(existsSync(path.join(folder, 'survived'))).toBe(false);
    expect(await queue(', task_name: "Bare"')).toBe(1);
  });
});

describe('a hook of the manifest', () => {
  const addTag = (name: string) => mutate(`tagCreate(input: { name: "${name}" }) { id }`);

  test('is run with its own arguments, for its triggers alone', async () => {
    await addTag('new');
    await mutate('tagUpdate(input: { id: 1, name: "other" }) { id }');
    expect(runs()).toMatchObject([{ args: 'hook' }]);
    expect(JSON.stringify(runs()[0].stdin.args)).toBe(
      '{"hookContext":{"id":1,"type":"Tag.Create.Post","input":{"name":"new"}},"mode":"hook"}',
    );
  });

  test('does not run while its plugin is disabled, nor once it is removed', async () => {
    await mutate('setPluginsEnabled(enabledMap: { sample: false })');
    await addTag('a');
    await mutate('setPluginsEnabled(enabledMap: { sample: true })');
    await addTag('b');
    stash.plugins.remove('sample');
    await addTag('c');
    expect(stash.log.hooks).toMatchObject([{ id: 2 }]);
  });

  test('is run as the manifest says after an update', async () => {
    const manifest = MANIFEST.replace('[Tag.Create.Post]', '[Tag.Update.Post, Tag.Update.Post]');
    writeFileSync(path.join(pluginDir, 'sample.yml'), manifest);
    stash.plugins.reload();
    await addTag('new');
    await mutate('tagUpdate(input: { id: 1, name: "other" }) { id }');
    expect(stash.log.hooks.map(({ type }) => type)).toEqual(['Tag.Update.Post', 'Tag.Update.Post']);
  });
});
