import { StoreError } from '../../src/store/storeError.ts';
import { openWorld, type World, type WorldOptions } from '../world/world.ts';
import { ExpectedLibrary } from './expectedLibrary.ts';
import { WriteWatch } from './writeWatch.ts';

export const HOUR_MS = 3_600_000;
const KILLED = new StoreError({ kind: 'disk-error', message: 'The process was killed.' }, null);

/** Both servers and a daemon that may die at any step, beside what a model of them says should be in Plex. */
export class LivingWorld {
  readonly world: World;
  readonly expected: ExpectedLibrary;
  readonly isUp = { plex: true, stash: true };
  /** Scenes that nothing is written for, and those for which all the same something may be put back. */
  readonly held = new Set<number>();
  readonly undone = new Set<number>();
  readonly #writes: WriteWatch;
  readonly #deadly: { step: string | null };
  #names = 0;

  private constructor(world: World, deadly: { step: string | null }) {
    this.world = world;
    this.expected = new ExpectedLibrary(world);
    this.#writes = new WriteWatch(world, this.expected, this);
    this.#deadly = deadly;
  }

  /** All is in step, as on any evening. */
  static async open(options: WorldOptions): Promise<LivingWorld> {
    const deadly: { step: string | null } = { step: null };
    const reach = (step: string): void => {
      if (deadly.step !== step) return;
      deadly.step = null;
      throw KILLED;
    };
    const living = new LivingWorld(await openWorld({ ...options, reach }), deadly);
    await living.live(() => living.world.operations.reconcile());
    await living.live(() => living.world.workFor(HOUR_MS));
    await living.live(() => living.world.engine.poll());
    living.expected.check();
    return living;
  }

  /** Something that the daemon does. When it is killed in the middle, another one starts on what it left. */
  async live(act: () => Promise<unknown>): Promise<void> {
    this.expected.look();
    try {
      await act();
    } catch (error) {
      if (error !== KILLED) throw error;
      await this.world.restart();
    }
    this.#writes.check();
  }

  /** The next act dies where the engine reaches this step; null: none does. */
  dieAt(step: string | null): void {
    this.#deadly.step = step;
  }

  /** Like no other. */
  newName(): string {
    return `Renamed ${++this.#names}`;
  }

  async goDown(side: 'plex' | 'stash'): Promise<void> {
    if (!this.isUp[side]) return;
    this.isUp[side] = false;
    await this.world[side].goDown();
  }

  async comeBack(side: 'plex' | 'stash'): Promise<void> {
    if (this.isUp[side]) return;
    this.isUp[side] = true;
    await this.world[side].comeBack();
  }

  /** Nothing happens any more, and everything is compared once. */
  async comeToRest(): Promise<void> {
    this.dieAt(null);
    this.world.plex.faults.clear();
    await this.comeBack('plex');
    await this.comeBack('stash');
    await this.world.operations.resumeReconcile();
    // However often it was set back: before its start the simulated Plex does not answer.
    this.world.clock.advance(72 * HOUR_MS);
    await this.live(() => this.world.operations.release({ kind: 'all' }));
    this.held.clear();
    await this.live(() => this.world.workFor(HOUR_MS));
    await this.live(() => this.world.operations.reconcile());
    await this.live(() => this.world.workFor(HOUR_MS));
  }

  close(): Promise<void> {
    return this.world.close();
  }
}
