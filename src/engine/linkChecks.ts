import { linkIdText } from '../core/link.ts';
import { judgeLinkChecks, type SafetyLimits } from '../core/matching/safety.ts';
import type { LinkId } from '../store/port.ts';
import type { SafetyStop } from './safetyStop.ts';

/** As many links as the judgement is about. */
const WINDOW = 40;

export interface CheckedLink {
  readonly link: LinkId;
  /** The scene or the item is not what it was when they were linked. */
  readonly hasFailed: boolean;
}

/**
 * Watches whether links still hold. When most fail at once the ground has moved (ids renumbered by a
 * metadata import, a library unmounted, wrong settings), and nothing may be written.
 */
export class LinkChecks {
  readonly #stop: SafetyStop;
  readonly #limits: SafetyLimits;
  /** The latest result of each link, the latest link last: one that fails again and again counts once. */
  readonly #latest = new Map<string, boolean>();

  constructor(stop: SafetyStop, limits: SafetyLimits) {
    this.#stop = stop;
    this.#limits = limits;
  }

  /** @returns whether everything must stop: then nothing of this batch is to be kept or written. */
  async note(checks: readonly CheckedLink[]): Promise<boolean> {
    for (const { link, hasFailed } of checks) {
      this.#latest.delete(linkIdText(link));
      this.#latest.set(linkIdText(link), hasFailed);
    }
    // A batch is judged whole, however large; single looks add up.
    const excess = this.#latest.size - Math.max(WINDOW, checks.length);
    for (const key of [...this.#latest.keys()].slice(0, Math.max(0, excess))) this.#latest.delete(key);
    const failed = [...this.#latest.values()].filter((hasFailed) => hasFailed).length;
    const verdict = judgeLinkChecks({ checked: this.#latest.size, failed }, this.#limits);
    if (verdict.kind !== 'stop') return false;
    this.#latest.clear();
    await this.#stop.engage({ kind: 'safety', reason: verdict.words, cause: { kind: 'links' } });
    return true;
  }
}
