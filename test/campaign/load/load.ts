import { readdirSync } from 'node:fs';
import { quantile } from '../../../bench/suite/figure.ts';
import { type HookEnd, runHook } from '../../processes/runHook.ts';
import { numbersTo, type RunningServers, startBothServers } from '../../processes/startBothServers.ts';
import { missingAfter, sentTwice } from '../arrival.ts';
import { bulkEdit } from '../bulkEdit.ts';
import { type Daemon, startDaemon } from '../daemonOf.ts';
import { leaksOf } from '../leaks.ts';
import { over } from '../over.ts';
import type { CampaignPart, PartOptions, PartReport } from '../part.ts';
import { processSize } from '../procfs.ts';

const SIZES = { short: 300, long: 10_000 } as const;
/** Stash runs hooks one after the other; several people and scripts make it several at once. */
const HOOKS_AT_ONCE = 4;
const ARRIVE_WITHIN_MS = { short: 20_000, long: 900_000 } as const;
const LATENCY_MS = 4;
/** src/http/request.ts */
const REQUESTS_AT_ONCE = 6;
/** src/core/pace.ts */
const WRITES_AT_ONCE = 2;
/** Design: 200 MiB for a comparison of 100,000 scenes. */
const MOST_RSS_MIB = 256;

/** Much at once: as many hooks as the machine can run, and one edit of a whole library. */
export const load: CampaignPart = {
  name: 'load',
  words: 'hooks as fast as the machine runs them, and an edit of all scenes at once',
  run: async (options) => {
    const count = SIZES[options.length];
    const servers = await startBothServers({ files: count, hasHook: true });
    for (const number of numbersTo(count)) title(servers, number, `First ${number}`);
    const daemon = await startDaemon(servers);
    try {
      const report = await runAll({ servers, daemon, count }, options);
      return { ...report, broken: [...report.broken, ...leaksOf(servers, daemon.process)] };
    } finally {
      daemon.process.signal('SIGKILL');
      await daemon.process.ended;
      await servers.close();
    }
  },
};

interface Stage {
  readonly servers: RunningServers;
  readonly daemon: Daemon;
  readonly count: number;
}

async function runAll(stage: Stage, { random, length, tell }: PartOptions): Promise<PartReport> {
  const { servers, daemon, count } = stage;
  const arrival = (numbers: readonly number[]) => missingAfter(servers, numbers, ARRIVE_WITHIN_MS[length]);
  const all = numbersTo(count);

  const first = await timed(async () => {
    await daemon.operations.sync({ kind: 'all' });
    return arrival(all);
  });
  tell(`${count} scenes written for the first time in ${first.seconds} s`);
  forget(servers);
  // Servers take their time, so that requests side by side would be seen as such.
  servers.stash.switches.latencyMs = LATENCY_MS;
  servers.plex.faults.add({ fault: 'delay', argument: LATENCY_MS, count: Number.POSITIVE_INFINITY });
  // From now on only hooks tell of edits: the look for changes is blind, and no comparison is due.
  for (const matching of ['{ scenes { id updated_at', 'PlexSyncNewest']) {
    servers.stash.faults.add({ fault: 'busy', matching });
  }

  let edits = 0;
  const hooks: HookEnd[] = [];
  const edit = async (): Promise<void> => {
    for (let next = ++edits; next <= count; next = ++edits) {
      const number = random.integer(1, count);
      title(servers, number, `Edit ${next}`);
      hooks.push(await runHook(servers.inboxDir, servers.scene(number).id));
    }
  };
  const storm = await timed(() => Promise.all(Array.from({ length: HOOKS_AT_ONCE }, edit)));
  const settled = await timed(() => arrival(all));
  tell(`${count} hooks in ${storm.seconds} s, everything in Plex ${settled.seconds} s after the last one`);
  const stormed = { ...requestsOf(servers), twice: sentTwice(servers.plex.log.requests) };
  forget(servers);

  const bulk = await timed(() => bulkEdit(servers, all, 'In the bulk'));
  const bulkSettled = await timed(() => arrival(all));
  tell(`a bulk edit of ${count} in ${bulk.seconds} s, everything in Plex ${bulkSettled.seconds} s later`);
  const bulked = requestsOf(servers);
  const size = processSize(daemon.process.pid);
  const status = await daemon.operations.status();
  const left = readdirSync(servers.inboxDir).filter((name) => /^(v1-|overflow)/.test(name)).length;
  servers.plex.log.assertHarmless();
  const ended = await daemon.end();

  const ms = hooks.map((hook) => hook.ms);
  const [plexAtOnce, stashAtOnce, writesAtOnce] = (['plex', 'stash', 'writes'] as const).map((each) =>
    Math.max(stormed[each], bulked[each]),
  );
  const figures = {
    scenes: count,
    firstWriteSeconds: first.seconds,
    hooks: hooks.length,
    hookSeconds: storm.seconds,
    hooksPerSecond: Math.round(hooks.length / storm.seconds),
    hookP50Ms: Math.round(quantile(ms, 0.5)),
    hookP95Ms: Math.round(quantile(ms, 0.95)),
    hooksArrivedSecondsAfter: settled.seconds,
    editsOfHooks: stormed.edits,
    bulkSeconds: bulk.seconds,
    bulkArrivedSecondsAfter: bulkSettled.seconds,
    editsOfBulk: bulked.edits,
    requestsAtOnceToPlex: plexAtOnce ?? 0,
    requestsAtOnceToStash: stashAtOnce ?? 0,
    writesAtOnce: writesAtOnce ?? 0,
    peakRssMiB: size?.peakRssMiB ?? 0,
    openFiles: size?.openFiles ?? 0,
  };
  const broken = [
    ...first.value,
    ...hooks.flatMap(({ amiss }) =>
      amiss === null ? [] : [`a hook ended otherwise than Stash may see: ${amiss}`],
    ),
    ...settled.value,
    ...stormed.twice,
    ...bulkSettled.value,
    ...over('requests at once to Plex', figures.requestsAtOnceToPlex, REQUESTS_AT_ONCE),
    ...over('requests at once to Stash', figures.requestsAtOnceToStash, REQUESTS_AT_ONCE),
    ...over('edits at once', figures.writesAtOnce, WRITES_AT_ONCE),
    ...over('edits of the bulk', figures.editsOfBulk, count),
    ...over('files left in the inbox', left, 0),
    ...over('dead letters', status.queue.dead, 0),
    ...over('MiB held at most', figures.peakRssMiB, MOST_RSS_MIB),
    ...(ended === null ? [] : [ended]),
  ];
  const skipped = size === null ? ['memory and open files: this system does not tell them'] : [];
  return { figures, broken, skipped };
}

function title({ stash, scene }: RunningServers, number: number, words: string): void {
  stash.library.editScene(scene(number), { title: words });
}

function forget({ plex, stash }: RunningServers): void {
  plex.log.clear();
  stash.log.clear();
}

const requestsOf = ({ plex, stash }: RunningServers) => ({
  plex: plex.log.inFlight.atMost,
  stash: stash.log.inFlight.atMost,
  writes: plex.log.maxConcurrentWrites(),
  edits: plex.log.counts().edits,
});

async function timed<Value>(
  run: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly seconds: number }> {
  const startedAt = performance.now();
  const value = await run();
  return { value, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}
