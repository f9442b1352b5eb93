import type { Names } from '../../../simulator/wire/names.ts';
import { liveFor, probeAt, titleOf, workInBatches } from '../../faults/syncedWorld.ts';
import type { WiredWorld } from '../../faults/wiredWorld.ts';
import { sentTwice } from '../arrival.ts';
import { drawOutage, type Outage } from '../outages.ts';
import type { Random } from '../random.ts';
import { mostRequests } from './requestBound.ts';

export const FILES = 40;
export const HOSTS = { plex: 'plex.test', stash: 'stash.test' } as const;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The longest that a breaker waits with a probe, five attempts of a job with its backoff, a pause. */
const RECOVERED_WITHIN_MINUTES = 30;

/** How long an outage lasts at most, by the clock of the world. */
export interface LongestMs {
  /** Nothing gets through, and who asks is told so. */
  readonly total: number;
  /** Who asks is told nothing, which takes real time. */
  readonly silent: number;
  /** Some gets through, slowly perhaps. */
  readonly partial: number;
}

export interface WorldFigures {
  rounds: number;
  outages: number;
  edits: number;
  restarts: number;
  minutesOfOutage: number;
  requestsInTotalOutages: number;
  largestFirstBatch: number;
}

/** Something fails, edits come in, it is mended, and everything has to be there. */
export class WorldRound {
  readonly #wired: WiredWorld;
  readonly #names: Names;
  readonly #random: Random;
  readonly #figures: WorldFigures;
  outages: readonly Outage[] = [];

  constructor(wired: WiredWorld, names: Names, random: Random, figures: WorldFigures) {
    this.#wired = wired;
    this.#names = names;
    this.#random = random;
    this.#figures = figures;
  }

  async run(number: number, longestMs: LongestMs): Promise<readonly string[]> {
    const { world, wires } = this.#wired;
    const random = this.#random;
    this.outages = this.#draw();
    world.plex.log.clear();
    for (const outage of this.outages) await outage.begin();
    for (const wire of Object.values(wires)) wire.forget();

    const wanted = new Map<number, string>();
    for (let edits = random.integer(1, FILES); edits > 0; edits--) {
      const scene = random.integer(1, FILES);
      wanted.set(scene, `Round ${number} scene ${scene}`);
    }
    for (const [scene, title] of wanted) await world.edit(scene, { title });
    this.#figures.edits += wanted.size;
    const ms = random.integer(5 * SECOND_MS, this.#longest(longestMs));
    const isRestarted = random.isChance(0.2);
    await liveFor(world, ms / 2);
    if (isRestarted) {
      await world.restart();
      this.#figures.restarts += 1;
    }
    await liveFor(world, ms / 2);
    this.#figures.outages += this.outages.length;
    this.#figures.minutesOfOutage += Math.round(ms / MINUTE_MS);

    const hammered = this.#hammered(ms);
    for (const outage of this.outages) await outage.end();
    const flooded = await this.#flooded();
    const missing = await this.#missing(wanted);
    return [...hammered, ...flooded, ...missing, ...sentTwice(world.plex.log.requests)];
  }

  #draw(): readonly Outage[] {
    const { world, wires } = this.#wired;
    const random = this.#random;
    const draw = (): Outage =>
      random.isChance(0.1)
        ? this.#nameless()
        : drawOutage({ plex: world.plex, stash: world.stash, wires }, random);
    const first = draw();
    if (!random.isChance(0.2)) return [first];
    const second = draw();
    return second.peer === first.peer ? [first] : [first, second];
  }

  #nameless(): Outage {
    const peer = this.#random.pick(['plex', 'stash'] as const);
    const code = this.#random.pick(['ENOTFOUND', 'EAI_AGAIN'] as const);
    return {
      peer,
      name: `${peer} name unknown`,
      isTotal: true,
      begin: async () => {
        this.#names.fail(HOSTS[peer], code);
        this.#wired.wires[peer].drop();
      },
      end: async () => this.#names.mend(HOSTS[peer]),
    };
  }

  #longest(longestMs: LongestMs): number {
    if (this.outages.some(({ name }) => name.endsWith('black-hole'))) return longestMs.silent;
    return this.outages.every(({ isTotal }) => isTotal) ? longestMs.total : longestMs.partial;
  }

  /** While nothing gets through, the breaker's probes alone. */
  #hammered(ms: number): readonly string[] {
    return this.outages.flatMap((outage) => {
      if (!outage.isTotal) return [];
      const { requests, connections } = this.#wired.wires[outage.peer];
      const asked = Math.max(requests.length, connections.tried);
      this.#figures.requestsInTotalOutages += asked;
      const limit = mostRequests(outage, ms);
      return asked > limit
        ? [`${outage.peer} was asked ${asked} times in ${ms / SECOND_MS} s, ${limit} are the limit`]
        : [];
    });
  }

  /** After it jobs go out one, two, four … at a time. */
  async #flooded(): Promise<readonly string[]> {
    const { world } = this.#wired;
    const [outage, ...others] = this.outages;
    if (outage === undefined || others.length > 0 || !outage.isTotal) return [];
    if ((await world.operations.status()).breakers[outage.peer].state !== 'open') return [];
    world.clock.advance(Math.max(0, (await probeAt(world, outage.peer)) - world.clock.now()));
    const batches = await workInBatches(world);
    this.#figures.largestFirstBatch = Math.max(this.#figures.largestFirstBatch, batches[0] ?? 0);
    const isFlood = batches.some((jobs, n) => jobs > 2 ** n);
    return isFlood ? [`after it batches of ${batches.join(', ')} scenes went out`] : [];
  }

  async #missing(wanted: ReadonlyMap<number, string>): Promise<readonly string[]> {
    const { world } = this.#wired;
    for (let minute = 0; minute < RECOVERED_WITHIN_MINUTES; minute++) {
      await liveFor(world, MINUTE_MS);
      const { queue } = await world.operations.status();
      const isThere = [...wanted].every(([scene, title]) => titleOf(world, scene) === title);
      if (isThere && queue.pending + queue.running + queue.waiting + queue.dead === 0) return [];
    }
    const late = [...wanted]
      .filter(([scene, title]) => titleOf(world, scene) !== title)
      .map(([scene]) => scene);
    const { queue, pauses, breakers } = await world.operations.status();
    const state = JSON.stringify({
      queue,
      pauses,
      breakers,
      dead: await world.operations.dead({ limit: 2 }),
    });
    return [
      `after ${RECOVERED_WITHIN_MINUTES} minutes scenes ${late.join(', ') || 'none'} are missing: ${state}`,
    ];
  }
}
