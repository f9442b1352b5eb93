import { judgeLinkChecks } from '../core/matching/safety.ts';
import type { Look } from './look.ts';
import type { SafetyStop } from './safetyStop.ts';

/** As many of the latest checks as the judgement is about. */
const WINDOW = 40;

/**
 * Watches whether links still hold. When most fail at once the ground has moved (ids renumbered by a
 * metadata import, a library unmounted, wrong settings), and nothing may be written.
 */
export class LinkChecks {
  readonly #stop: SafetyStop;
  #recent: readonly boolean[] = [];

  constructor(stop: SafetyStop) {
    this.#stop = stop;
  }

  /** @returns whether everything must stop: then nothing of this batch is to be kept or written. */
  async note(looks: readonly Pick<Look, 'match'>[]): Promise<boolean> {
    const checks = looks.flatMap(({ match }) => {
      const { checked, failed } = match?.linkChecks ?? { checked: 0, failed: 0 };
      return Array.from({ length: checked }, (_, index) => index < failed);
    });
    // A batch is judged whole, however large; single looks add up.
    this.#recent = [...this.#recent, ...checks].slice(-Math.max(WINDOW, checks.length));
    const failed = this.#recent.filter((hasFailed) => hasFailed).length;
    const verdict = judgeLinkChecks({ checked: this.#recent.length, failed });
    if (verdict.kind !== 'stop') return false;
    await this.#stop.engage({ kind: 'safety', reason: verdict.words });
    return true;
  }

  /** A person has looked: what failed before is not held against what comes. */
  forget(): void {
    this.#recent = [];
  }
}
