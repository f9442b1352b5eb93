import { sceneId } from '../../../src/core/ids.ts';
import { sceneSubject } from '../../../src/core/scene.ts';
import type { World, WorldOptions } from '../../world/world.ts';
import { liveFor, openSynced } from '../syncedWorld.ts';
import { type BadInputCase, joined, NONE, type Observed } from './badInputCase.ts';

const FILES = 3;
/** Longer than a breaker stays open. */
const LONG_ENOUGH_MS = 6 * 60_000;

interface WorldCase {
  readonly input: string;
  readonly options?: WorldOptions;
  /** The bad input itself. Three scenes are in step by then. */
  readonly prepare?: (world: World) => void | Promise<void>;
  /** What happens then; default: the titles of all three scenes are edited and the worker works. */
  readonly act?: (world: World) => Promise<void>;
  /** More about the state than scenes, breakers and pauses tell. */
  readonly look?: (world: World) => string | Promise<string>;
  /** Makes the input good again. Default: faults are gone. */
  readonly mend?: (world: World) => void | Promise<void>;
  readonly expected: Observed;
}

/** A case that goes through a whole PlexSync between both simulators. */
export function worldCase({ input, expected, ...rest }: WorldCase): BadInputCase {
  return { input, expected, observe: () => observeWorld(rest) };
}

async function observeWorld(given: Omit<WorldCase, 'input' | 'expected'>): Promise<Observed> {
  const world = await openSynced({ files: FILES, ...given.options });
  try {
    const logged = world.log.lines.length;
    await given.prepare?.(world);
    await (given.act ?? editThree)(world);
    const requests = requestsOf(world);
    const look = await given.look?.(world);
    const state = joined([...(await stateOf(world)), ...(look === undefined ? [] : [look])]);
    const message = joined((await messagesOf(world, logged)).map((text) => withoutPlaces(world, text)));
    const afterwards = await afterwardsOf(world, given.mend ?? forgetFaults);
    world.plex.log.assertHarmless();
    return { state, message, requests, afterwards };
  } finally {
    await world.close();
  }
}

export async function editThree(world: World): Promise<void> {
  for (let number = 1; number <= FILES; number++) await world.edit(number, { title: `After ${number}` });
  await world.work();
}

export const forever = { count: Number.POSITIVE_INFINITY };

function forgetFaults(world: World): void {
  world.plex.faults.clear();
  world.stash.faults.clear();
}

async function stateOf(world: World): Promise<readonly string[]> {
  const words = await Promise.all(world.samples.map((_, index) => sceneWords(world, index + 1)));
  const { breakers, pauses, stop } = await world.operations.status();
  const open = (['plex', 'stash'] as const).filter((peer) => breakers[peer].state === 'open');
  return [
    ...[...Map.groupBy(words.entries(), ([, word]) => word)].map(([word, scenes]) =>
      scenes.length === FILES
        ? `all scenes ${word}`
        : `scene ${scenes.map(([index]) => index + 1).join(', ')} ${word}`,
    ),
    ...open.map((peer) => `breaker of ${peer} open`),
    ...(open.length === 0 ? ['breakers closed'] : []),
    ...pauses.map((pause) => `paused (${pause.failure.class})`),
    ...(stop === null ? [] : ['stopped']),
  ];
}

async function sceneWords(world: World, number: number): Promise<string> {
  const id = sceneId(String(number));
  const job = await world.engine.store.queue.get(sceneSubject(id));
  if (job === null) return await comparison(world, number);
  const why = job.failure === null ? '' : ` (${job.failure.class})`;
  const used = job.attempt === 0 ? '' : `, ${job.attempt} of 5 attempts used`;
  return `${job.state === 'dead' ? 'a dead letter' : job.state}${why}${used}`;
}

/** Synced: a look at both sides finds nothing to write. */
async function comparison(world: World, number: number): Promise<string> {
  if (!world.stash.library.scenes.all().some((scene) => scene.id === number)) return 'forgotten';
  const planned = await world.operations.plan([sceneId(String(number))]);
  const scenes = planned.ok ? planned.value : [];
  const isSame = scenes.every(
    ({ failure, items }) =>
      failure === null && items.every((item) => item.decisions.every((decision) => decision.edit === null)),
  );
  return planned.ok && isSame ? 'synced' : 'as before';
}

/** Reasons of jobs, pauses, breakers and stops; where there are none, what the log warns of. */
async function messagesOf(world: World, logged: number): Promise<readonly string[]> {
  const { breakers, pauses, stop } = await world.operations.status();
  const states = ['pending', 'waiting', 'dead'] as const;
  const jobs = await world.operations.queue({ states, limit: 100 });
  const reasons = [
    ...pauses.map((pause) => pause.failure.message),
    ...(stop === null ? [] : [stop.reason]),
    ...[breakers.plex, breakers.stash].flatMap((each) => (each.state === 'open' ? [each.reason] : [])),
    ...jobs.flatMap((job) => job.failure?.message ?? []),
  ];
  return reasons.length > 0 ? reasons : world.log.lines.slice(logged).flatMap(warningOf);
}

function warningOf(line: string): readonly string[] {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  if (entry['level'] !== 'warn' && entry['level'] !== 'error') return [];
  const detail = entry['why'] ?? entry['reason'] ?? entry['first'];
  return [String(entry['msg']) + (typeof detail === 'string' ? ` (${detail})` : '')];
}

function withoutPlaces(world: World, text: string): string {
  return text
    .replaceAll(world.plex.url, 'http://plex')
    .replaceAll(world.stash.url, 'http://stash')
    .replaceAll(world.engine.settings.data_dir, 'DATA');
}

function requestsOf(world: World): string {
  const counts = Object.entries(world.plex.log.counts()).filter(([, count]) => count > 0);
  const plex = counts.map(([kind, count]) => `${count} ${kind}`).join(', ');
  const questions = world.stash.log.requests.length;
  return joined([
    ...(plex === '' ? [] : [`Plex: ${plex}`]),
    ...(questions === 0 ? [] : [`Stash: ${questions}`]),
  ]);
}

async function afterwardsOf(world: World, mend: (world: World) => void | Promise<void>): Promise<string> {
  const isDone = async (): Promise<boolean> =>
    (await stateOf(world)).every((words) => / (synced|forgotten|closed)$/.test(words));
  if (await isDone()) return NONE;
  await mend(world);
  await liveFor(world, LONG_ENOUGH_MS);
  if (await isDone()) return 'synced by itself';
  await world.operations.retry({ kind: 'all' });
  await liveFor(world, LONG_ENOUGH_MS);
  return (await isDone()) ? 'synced after a retry' : 'stays so';
}
