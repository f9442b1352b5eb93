import { type Breaker, mayProceed, recordFailure, recordSuccess } from '../core/breaker.ts';
import { hasCome } from '../core/dueTime.ts';
import { FAILURE_POLICIES, type Failure, type Peer } from '../core/failure.ts';
import { fullRamp, type Ramp, rampAfterBatch, startRamp } from '../core/ramp.ts';
import type { Result } from '../core/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Meta, Queue } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { SafetyStop } from './safetyStop.ts';

/** How often the cause of a pause is looked at again. */
const PAUSE_PROBE_MS = 60_000;

export interface GateParts {
  readonly meta: Meta;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly stop: SafetyStop;
  /** Settings are missing or wrong: nothing is asked of anyone, not even a probe. */
  readonly notSetUp: Failure | null;
  /** Cheapest request that tells whether the peer is there and is the one we mean. */
  readonly probeReachable: Readonly<Record<Peer, () => Promise<Result<void>>>>;
  /** Whether token, key and settings are good now. */
  readonly probeSettings: Readonly<Record<Peer, () => Promise<Result<void>>>>;
}

export type Admission =
  | { readonly kind: 'open'; readonly limit: number }
  /** `retryAt` null: only a person can open it. */
  | { readonly kind: 'shut'; readonly retryAt: number | null; readonly why: string };

export interface Pause {
  readonly failure: Failure;
  readonly since: number;
  readonly probeAt: number;
}

/**
 * Decides whether work may be done now: safety stop, pauses (sign-in, settings) and the breakers of both
 * peers. While it is shut, the only requests are its probes.
 */
export class Gate {
  readonly #parts: GateParts;
  readonly #pauses = new Map<Peer, Pause>();
  /** Pauses whose probe has passed, until a batch shows that work passes too: a probe never edits. */
  readonly #trials = new Map<Peer, Pause>();
  #breakers: Record<Peer, Breaker> | null = null;
  #hasAnswered: Readonly<Record<Peer, boolean>> = { plex: false, stash: false };
  #ramp: Ramp = fullRamp;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  async breakers(): Promise<Readonly<Record<Peer, Breaker>>> {
    this.#breakers ??= {
      plex: await this.#parts.meta.breaker('plex'),
      stash: await this.#parts.meta.breaker('stash'),
    };
    return this.#breakers;
  }

  /** Whether a breaker is open, be its probe due or not. */
  async hasOutage(): Promise<boolean> {
    return Object.values(await this.breakers()).some((breaker) => breaker.state === 'open');
  }

  /** Whether each peer has answered this process yet. */
  hasAnswered(): Readonly<Record<Peer, boolean>> {
    return this.#hasAnswered;
  }

  pauses(): readonly Pause[] {
    return [...this.#pauses.values()];
  }

  /** Whether work waits for a server or a person. Unlike {@link admit}, it asks nobody. */
  async isShut(): Promise<boolean> {
    const { notSetUp, stop } = this.#parts;
    if (notSetUp !== null || this.#pauses.size > 0) return true;
    return (await stop.current()) !== null || (await this.hasOutage());
  }

  /** To be asked before every batch. Probes what is due. */
  async admit(): Promise<Admission> {
    const { notSetUp } = this.#parts;
    if (notSetUp !== null) return { kind: 'shut', retryAt: null, why: notSetUp.message };
    const stop = await this.#parts.stop.current();
    if (stop?.kind === 'safety') return { kind: 'shut', retryAt: null, why: stop.reason };
    if (stop?.kind === 'server-changed') this.#pauseForServer(stop.reason);
    for (const peer of ['stash', 'plex'] as const) {
      const shut = (await this.#askBreaker(peer)) ?? (await this.#askPause(peer));
      if (shut !== null) return shut;
    }
    this.#endTrials((pause) => this.#parts.clock.now() - pause.probeAt >= PAUSE_PROBE_MS);
    return { kind: 'open', limit: this.#trials.size > 0 ? 1 : this.#ramp.limit };
  }

  /**
   * Whether this peer may be asked, whatever becomes of the other one and of safety stops: for looks that write
   * nothing to either. Probes what is due.
   */
  async mayAsk(peer: Peer): Promise<boolean> {
    if (this.#parts.notSetUp !== null) return false;
    return ((await this.#askBreaker(peer)) ?? (await this.#askPause(peer))) === null;
  }

  /** To be told of every answer of a peer. */
  async observe(peer: Peer, failure: Failure | null): Promise<void> {
    const before = (await this.breakers())[peer];
    if (failure !== null) this.noteFailure({ ...failure, peer });
    const isOutage = failure !== null && FAILURE_POLICIES[failure.class].tripsBreaker;
    const { clock, random } = this.#parts;
    if (!isOutage) this.#hasAnswered = { ...this.#hasAnswered, [peer]: true };
    const after = isOutage
      ? recordFailure(before, {
          now: clock.now(),
          random: random(),
          reason: failure.message,
          retryAfterMs: failure.retryAfterMs,
        })
      : recordSuccess();
    await this.#change(peer, before, after);
  }

  /** For failures that we found ourselves in good answers, such as a library name that Plex does not have. */
  noteFailure(failure: Failure): void {
    if (FAILURE_POLICIES[failure.class].answer === 'pause') this.#pause(failure.peer ?? 'plex', failure);
  }

  /** There is news of what a pause was about: probes at the next chance. False when nothing is paused. */
  retryPause(peer: Peer): boolean {
    const pause = this.#pauses.get(peer);
    if (pause !== undefined) this.#pauses.set(peer, { ...pause, probeAt: this.#parts.clock.now() });
    return pause !== undefined;
  }

  /** After recovery batches grow step by step, and shrink again when many fail. */
  batchEnded(outcome: { readonly jobs: number; readonly failed: number }): void {
    this.#ramp = rampAfterBatch(this.#ramp, outcome);
    this.#endTrials(() => true);
  }

  async #askBreaker(peer: Peer): Promise<Admission | null> {
    const breaker = (await this.breakers())[peer];
    if (breaker.state === 'closed') return null;
    const { clock, probeReachable } = this.#parts;
    const shut = (open: Breaker): Admission => ({
      kind: 'shut',
      retryAt: open.state === 'open' ? open.probeAt : clock.now(),
      why: breaker.reason,
    });
    if (!mayProceed(breaker, clock.now())) return shut(breaker);
    // The probe's own answer comes back through observe(), which closes or re-opens the breaker.
    await probeReachable[peer]();
    const after = (await this.breakers())[peer];
    return after.state === 'closed' ? null : shut(after);
  }

  async #askPause(peer: Peer): Promise<Admission | null> {
    const pause = this.#pauses.get(peer);
    if (pause === undefined) return null;
    const { clock, probeSettings } = this.#parts;
    if (hasCome(pause.probeAt, clock.now(), PAUSE_PROBE_MS)) {
      const probe = await probeSettings[peer]();
      if (probe.ok) {
        this.#pauses.delete(peer);
        this.#trials.set(peer, { ...pause, probeAt: clock.now() });
        return null;
      }
      this.#pauses.set(peer, {
        ...pause,
        failure: { ...probe.failure, peer },
        probeAt: clock.now() + PAUSE_PROBE_MS,
      });
    }
    const current = this.#pauses.get(peer) ?? pause;
    return { kind: 'shut', retryAt: current.probeAt, why: current.failure.message };
  }

  #pause(peer: Peer, failure: Failure): void {
    if (this.#pauses.has(peer)) return;
    const now = this.#parts.clock.now();
    const trial = this.#trials.get(peer);
    this.#trials.delete(peer);
    this.#pauses.set(peer, {
      failure: { ...failure, peer },
      since: trial?.since ?? now,
      probeAt: now + PAUSE_PROBE_MS,
    });
    if (trial?.failure.class === failure.class) return;
    this.#parts.logger.error({ peer, reason: failure.message }, 'work waits until this is corrected');
  }

  #endTrials(isOver: (pause: Pause) => boolean): void {
    for (const [peer, pause] of [...this.#trials]) {
      if (!isOver(pause)) continue;
      this.#trials.delete(peer);
      this.#parts.logger.info({ peer }, 'the cause of the pause is gone: work goes on');
    }
  }

  /** The right server may come back by itself, so that stop is probed like a pause. */
  #pauseForServer(message: string): void {
    this.#pause('plex', { class: 'server-changed', peer: 'plex', message });
  }

  async #change(peer: Peer, before: Breaker, after: Breaker): Promise<void> {
    if (isSame(before, after)) return;
    const { meta, queue, clock, logger } = this.#parts;
    this.#breakers = { ...(await this.breakers()), [peer]: after };
    await meta.setBreaker(peer, after);
    if (before.state === 'closed' && after.state === 'open') {
      logger.warn({ peer, reason: after.reason }, 'server unreachable: jobs are kept until it answers');
    }
    if (before.state === 'open' && after.state === 'closed') {
      this.#ramp = startRamp;
      const woken = await queue.wake({ state: 'pending', class: 'unreachable' }, clock.now());
      logger.info({ peer, jobs: woken }, 'server answers again');
    }
  }
}

const isSame = (one: Breaker, other: Breaker): boolean =>
  one.state === 'closed' && other.state === 'closed' && one.failuresInRow === other.failuresInRow;

/** The same client, whose every answer is told to the gate. */
export function observed<Client extends object>(client: Client, peer: Peer, gate: () => Gate): Client {
  return new Proxy(client, {
    get(target, property, receiver) {
      const method: unknown = Reflect.get(target, property, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: readonly unknown[]) => {
        const result = (await Reflect.apply(method, target, args)) as Result<unknown>;
        await gate().observe(peer, result.ok ? null : result.failure);
        return result;
      };
    },
  });
}
