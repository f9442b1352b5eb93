import type { Failure } from '../../../../core/failure.ts';
import type { PathMap } from '../../../../core/matching/pathMap.ts';
import { type Result, succeed } from '../../../../core/result.ts';
import type { PlannedScene } from '../../../../engine/operations.ts';
import type { ComparedFiles, Progress, Trial } from '../../../../setup/trial.ts';

export type ReadingState =
  | { readonly kind: 'reading'; readonly whose: 'Plex' | 'Stash'; readonly progress: Progress }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'read'; readonly items: number; readonly compared: ComparedFiles };

/** Reads both sides while a person waits, and says how far it is. */
export class FilesReading {
  readonly #trial: Trial;
  #state: ReadingState = { kind: 'reading', whose: 'Plex', progress: { done: 0, of: null } };

  constructor(trial: Trial) {
    this.#trial = trial;
  }

  get state(): ReadingState {
    return this.#state;
  }

  async run(): Promise<void> {
    const plex = await this.#trial.readPlex((progress) => this.#tell('Plex', progress));
    if (!plex.ok) return this.#fail(plex.failure);
    const stash = await this.#trial.readStash((progress) => this.#tell('Stash', progress));
    if (!stash.ok) return this.#fail(stash.failure);
    this.#state = { kind: 'read', items: plex.value.items, compared: this.#trial.compareFiles(null) };
  }

  /** With other path maps; null: with those that the files speak for. */
  compareBy(maps: readonly PathMap[] | null): void {
    if (this.#state.kind !== 'read') return;
    this.#state = { ...this.#state, compared: this.#trial.compareFiles(maps) };
  }

  async preview(scenes: number): Promise<Result<readonly PlannedScene[]>> {
    if (this.#state.kind !== 'read') return succeed([]);
    return this.#trial.preview(this.#state.compared.maps, scenes);
  }

  close(): Promise<void> {
    return this.#trial.close();
  }

  #fail(failure: Failure): void {
    this.#state = { kind: 'failed', failure };
  }

  #tell(whose: 'Plex' | 'Stash', progress: Progress): void {
    this.#state = { kind: 'reading', whose, progress };
  }
}
