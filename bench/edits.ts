/**
 * How long an edit in Stash takes to get to Plex, and what it costs Plex in requests.
 *
 *   npm run bench                      with both simulators, each a process of its own
 *   npm run bench -- --help            how to measure other servers
 *
 * Measured: single edits of titles, one after the other; one bulk edit; a comparison of everything when
 * nothing changed. All edits go through Stash's GraphQL, which runs hook.sh once per scene. An edit begins
 * when it is sent to Stash and ends when Plex has answered the write.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import type { Operations } from '../src/engine/operations.ts';
import { controlAddress } from '../src/server/controlAddress.ts';
import { connectControl } from '../src/server/controlClient.ts';
import { BenchProcess, startSimulators } from './benchServers.ts';
import { type PlexWatch, type RequestCounts, watchPlex } from './plexWatch.ts';
import { quantile } from './quantile.ts';

interface Flags {
  readonly stashUrl?: string;
  readonly stashApiKey: string;
  readonly plexUrl?: string;
  readonly plexToken: string;
  readonly inbox?: string;
  readonly edits: string;
  readonly bulk: string;
  readonly json?: true;
}

/** A person's edits meet an idle daemon. */
const BETWEEN_EDITS_MS = 250;
const LOOK_EVERY_MS = 50;
/** What takes longer has gone wrong, and is said instead of waited for. */
const DEADLINE_MS = 120_000;

const program = new Command('bench')
  .description('Times edits from Stash to Plex and counts the requests to Plex.')
  .option('--stash-url <url>', 'a Stash for tests: its scenes ARE EDITED; a simulator when absent')
  .option('--stash-api-key <text>', 'its API key', '')
  .option('--plex-url <url>', 'the Plex that has the same files; a simulator when absent')
  .option('--plex-token <text>', 'token of its owner', 'bench-token')
  .option('--inbox <folder>', 'where the hook.sh of that Stash leaves events')
  .option('--edits <count>', 'single edits', '100')
  .option('--bulk <count>', 'scenes of the bulk edit', '1000')
  .option('--json', 'print one JSON document')
  .parse();

interface Bench {
  readonly operations: Operations;
  readonly watch: PlexWatch;
  readonly inbox: string;
  readonly mutate: (mutation: string) => Promise<void>;
  /** In Stash, ascending. */
  readonly sceneIds: readonly string[];
}

interface Measured {
  readonly what: string;
  readonly scenes: number;
  /** ms */
  readonly times: Readonly<Record<string, number>>;
  readonly requests: RequestCounts;
}

async function main(flags: Flags): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-bench-'));
  const inbox = flags.inbox ?? path.join(folder, 'inbox');
  mkdirSync(inbox, { recursive: true });
  const ends: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true })];
  try {
    const { stashUrl, plexUrl } = await findServers(flags, inbox, ends);
    const watch = await watchPlex(plexUrl);
    ends.unshift(() => watch.close());
    const daemon = new BenchProcess(['src/cli/main.ts', 'serve'], {
      PLEXSYNC_PLEX_URL: watch.url,
      PLEXSYNC_PLEX_TOKEN: flags.plexToken,
      PLEXSYNC_STASH_URL: stashUrl,
      PLEXSYNC_STASH_API_KEY: flags.stashApiKey,
      PLEXSYNC_DATA_DIR: path.join(folder, 'data'),
      PLEXSYNC_INBOX_DIR: inbox,
    });
    ends.unshift(() => daemon.end());
    await daemon.says(/(PlexSync runs)/, 'stderr');
    const connected = await connectControl(controlAddress(path.join(folder, 'data')));
    if (!connected.ok) throw new Error(connected.failure.message);
    const ask = (query: string) => askStash(stashUrl, flags.stashApiKey, query);
    const sceneIds = await readSceneIds(ask, Math.max(Number(flags.edits), Number(flags.bulk)));
    const mutate = async (mutation: string): Promise<void> => void (await ask(`mutation { ${mutation} }`));
    report(
      await measure({ operations: connected.value, watch, inbox, mutate, sceneIds }, flags),
      flags.json === true,
    );
  } finally {
    for (const end of ends) await end();
  }
}

async function findServers(
  flags: Flags,
  inbox: string,
  ends: (() => Promise<void> | void)[],
): Promise<{ readonly stashUrl: string; readonly plexUrl: string }> {
  const { stashUrl, plexUrl, plexToken, bulk, edits } = flags;
  if (stashUrl !== undefined && plexUrl !== undefined) return { stashUrl, plexUrl };
  if (stashUrl !== undefined || plexUrl !== undefined) {
    throw new Error('Both servers or none: the simulators have the same files as each other only.');
  }
  const items = Math.max(Number(bulk), Number(edits));
  const simulated = await startSimulators({ items, plexToken, inbox });
  for (const each of [simulated.plex, simulated.stash]) ends.unshift(() => each.end());
  return simulated;
}

async function measure(bench: Bench, flags: Flags): Promise<readonly Measured[]> {
  await bench.operations.sync({ kind: 'all' });
  await isQuiet(bench);
  const singles = await measureSingles(bench, bench.sceneIds.slice(0, Number(flags.edits)));
  const bulk = await measureBulk(bench, bench.sceneIds.slice(0, Number(flags.bulk)));
  return [singles, bulk, await measureComparison(bench)];
}

async function measureSingles(bench: Bench, ids: readonly string[]): Promise<Measured> {
  const times: number[] = [];
  bench.watch.takeCounts();
  for (const id of ids) {
    const title = `Bench edit ${id} of ${Date.now()}`;
    const taken = bench.watch.editWith(title);
    const startedAt = performance.now();
    await bench.mutate(`sceneUpdate(input: { id: ${id}, title: "${title}" }) { id }`);
    await isQuiet(bench);
    times.push((await takenInTime(taken, id)) - startedAt);
    await delay(BETWEEN_EDITS_MS);
  }
  const most = Math.max(...times);
  return {
    what: 'single edits',
    scenes: ids.length,
    times: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), most },
    requests: bench.watch.takeCounts(),
  };
}

/** To be asked when nothing is left to do: what has not come by then was not sent. */
function takenInTime(taken: Promise<number>, id: string): Promise<number> {
  const missing = delay(LOOK_EVERY_MS).then((): never => {
    throw new Error(`the edit of scene ${id} was worked off and did not reach Plex`);
  });
  return Promise.race([taken, missing]);
}

async function measureBulk(bench: Bench, ids: readonly string[]): Promise<Measured> {
  const details = `Bench bulk of ${Date.now()}`;
  bench.watch.takeCounts();
  const startedAt = performance.now();
  await bench.mutate(`bulkSceneUpdate(input: { ids: [${ids.join()}], details: "${details}" }) { id }`);
  const hooks = performance.now() - startedAt;
  await isQuiet(bench);
  const { items, lastAt } = bench.watch.edited(details);
  return {
    what: 'bulk edit',
    scenes: items,
    times: { hooks, last: lastAt - startedAt },
    requests: bench.watch.takeCounts(),
  };
}

async function measureComparison(bench: Bench): Promise<Measured> {
  bench.watch.takeCounts();
  const startedAt = performance.now();
  await bench.operations.sync({ kind: 'all' });
  await isQuiet(bench);
  const all = performance.now() - startedAt;
  return {
    what: 'nothing changed',
    scenes: bench.sceneIds.length,
    times: { all },
    requests: bench.watch.takeCounts(),
  };
}

/** All events are taken in, and no job is left but those that need a person. */
async function isQuiet({ operations, inbox }: Bench): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const hasEvents = readdirSync(inbox).some((name) => name.startsWith('v1-'));
    const status = await operations.status();
    const { pending, running, waiting } = status.queue;
    if (!hasEvents && pending + running + waiting === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`not done after ${DEADLINE_MS / 1000} s: ${JSON.stringify(status)}`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

type Ask = (query: string) => Promise<unknown>;

async function askStash(url: string, apiKey: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(apiKey === '' ? {} : { ApiKey: apiKey }) };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await answer.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(`Stash: ${JSON.stringify(errors)}`);
  return data;
}

async function readSceneIds(ask: Ask, most: number): Promise<readonly string[]> {
  const filter = `{ per_page: ${most}, sort: "id", direction: ASC }`;
  const data = await ask(`query { findScenes(filter: ${filter}) { scenes { id } } }`);
  return (data as { findScenes: { scenes: { id: string }[] } }).findScenes.scenes.map(({ id }) => id);
}

function report(measured: readonly Measured[], isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(measured, null, 2));
    return;
  }
  console.log('what             scenes   edits details   index identity   other   a scene   times');
  for (const { what, scenes, times, requests } of measured) {
    const { edits, details, index, identity, other } = requests;
    const counts = [scenes, edits, details, index, identity, other].map((count) => String(count).padStart(7));
    const perScene = ((edits + details) / scenes).toFixed(3).padStart(9);
    const shown = Object.entries(times).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
    console.log(`${what.padEnd(16)}${counts.join(' ')} ${perScene}   ${shown.join(', ')}`);
  }
}

await main(program.opts<Flags>());
