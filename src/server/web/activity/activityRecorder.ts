import {
  type Activity,
  activityAfter,
  type Deed,
  joined,
  NO_ACTIVITY,
} from '../../../core/activity/activity.ts';
import type { TriggerSource } from '../../../core/job.ts';
import type { Meter } from '../../../engine/meter.ts';
import type { Store } from '../../../store/port.ts';
import { keepActivity, readActivity } from './storedActivity.ts';

/** A crash loses so much of a chart. */
const KEEP_EVERY_MS = 5 * 60 * 1000;

/** Nobody has edited anything: from such a trigger on, no edit was waited for. */
const WITHOUT_EDIT: ReadonlySet<TriggerSource> = new Set(['sweep', 'index', 'plex']);

/** What is done, by the minute, for the charts; kept over restarts. */
export class ActivityRecorder {
  readonly #now: () => number;
  #activity: Activity = NO_ACTIVITY;
  #kept: Activity = NO_ACTIVITY;
  readonly meter: Meter;

  constructor(now: () => number) {
    this.#now = now;
    this.meter = {
      requestEnded: (peer, { outcome }) =>
        this.#note({ kind: 'request', peer, isAnswered: outcome !== 'no-answer' }),
      fieldSent: () => this.#note({ kind: 'field' }),
      editArrived: (source, ms) =>
        this.#note({ kind: 'scene', latencyMs: WITHOUT_EDIT.has(source) ? null : ms }),
    };
  }

  current(): Activity {
    return this.#activity;
  }

  /** Goes on with what was kept, and keeps it from now on. @returns what to call at the end. */
  async keepIn(meta: Pick<Store['meta'], 'get' | 'set'>): Promise<() => Promise<void>> {
    this.#kept = await readActivity(meta);
    this.#activity = this.#activity === NO_ACTIVITY ? this.#kept : joined(this.#kept, this.#activity);
    const keep = async (): Promise<void> => {
      if (this.#activity === this.#kept) return;
      this.#kept = this.#activity;
      // A chart is no reason to fail: a full disk is told of where it matters.
      await keepActivity(meta, this.#activity).catch(() => undefined);
    };
    const timer = setInterval(() => void keep(), KEEP_EVERY_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await keep();
    };
  }

  #note(deed: Deed): void {
    this.#activity = activityAfter(this.#activity, deed, this.#now());
  }
}
