import { EventStream } from '../events/eventStream.ts';

export type JobStatus = 'READY' | 'RUNNING' | 'FINISHED' | 'STOPPING' | 'CANCELLED' | 'FAILED';

export interface Job {
  readonly id: number;
  readonly description: string;
  readonly status: JobStatus;
  /** What Stash shows: the latest report, within 0 and 1. */
  readonly progress: number;
  /** Every report, as it came. */
  readonly reports: readonly number[];
  readonly error: string | null;
  readonly addedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** What `jobsSubscribe` tells; REMOVE with the status that the job ended in. */
export interface JobUpdate {
  readonly type: 'ADD' | 'UPDATE' | 'REMOVE';
  readonly job: Job;
}

/** What the work of a job is given. */
export interface JobRun {
  readonly jobId: number;
  /** Aborted when the job is to stop. */
  readonly signal: AbortSignal;
  /** Aborted when Stash itself is gone. */
  readonly lost: AbortSignal;
  report(progress: number): void;
}

export type JobWork = (run: JobRun) => Promise<void>;

interface Entry {
  readonly work: JobWork;
  readonly stop: AbortController;
  job: Job;
}

/** As many as Stash remembers of those that have ended. */
const ENDED_KEPT = 10;

/** One job at a time, in the order they came, in memory alone (stash reference §2.5). */
export class JobQueue {
  readonly updates = new EventStream<JobUpdate>();
  readonly #now: () => number;
  readonly #onFailure: (message: string) => void;
  #entries: Entry[] = [];
  #ended: readonly Entry[] = [];
  #everEnded: readonly Entry[] = [];
  #life = new AbortController();
  #lastId = 0;
  #isWorking = false;
  #working: Promise<void> = Promise.resolve();

  constructor({ now, onFailure }: { now: () => number; onFailure: (message: string) => void }) {
    this.#now = now;
    this.#onFailure = onFailure;
  }

  add(description: string, work: JobWork): number {
    const id = ++this.#lastId;
    const times = { addedAt: this.#now(), startedAt: null, endedAt: null };
    const job: Job = { id, description, status: 'READY', progress: 0, reports: [], error: null, ...times };
    this.#entries.push({ job, work, stop: new AbortController() });
    this.updates.emit({ type: 'ADD', job });
    if (!this.#isWorking) this.#working = this.#workOff(this.#life.signal);
    return id;
  }

  /** What waits and what runs. */
  queue(): readonly Job[] {
    return this.#entries.map(({ job }) => job);
  }

  /** Null for one that ended before the last ten. */
  find(id: number): Job | null {
    return [...this.#entries, ...this.#ended].find(({ job }) => job.id === id)?.job ?? null;
  }

  /** For whoever watches Stash from outside: all that ended since it started. */
  ended(): readonly Job[] {
    return this.#everEnded.map(({ job }) => job);
  }

  /** Ends when nothing waits or runs any more. */
  async idle(): Promise<void> {
    while (this.#entries.length > 0) await this.#working;
  }

  stop(id: number): void {
    const entry = this.#entries.find(({ job }) => job.id === id);
    if (entry === undefined) return;
    if (entry.job.status === 'READY') this.#end(entry, { status: 'CANCELLED' });
    else if (entry.job.status === 'RUNNING') this.#update(entry, { status: 'STOPPING' });
    entry.stop.abort();
  }

  stopAll(): void {
    for (const { job } of [...this.#entries]) this.stop(job.id);
  }

  /** As when Stash ends: nothing is known any more, and nobody stops what runs. Ids begin anew. */
  lose(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#entries = [];
    this.#ended = [];
    this.#everEnded = [];
    this.#lastId = 0;
    this.#isWorking = false;
  }

  async #workOff(lost: AbortSignal): Promise<void> {
    this.#isWorking = true;
    // Whoever added the job sees it wait.
    await Promise.resolve();
    while (!lost.aborted) {
      const entry = this.#entries[0];
      if (entry === undefined) {
        this.#isWorking = false;
        return;
      }
      await this.#run(entry, lost);
    }
  }

  async #run(entry: Entry, lost: AbortSignal): Promise<void> {
    this.#update(entry, { status: 'RUNNING', startedAt: this.#now() });
    const report = (progress: number): void => {
      const shown = Math.min(1, Math.max(0, progress));
      this.#update(entry, { progress: shown, reports: [...entry.job.reports, progress] });
    };
    const error = await failureOf(
      entry.work({ jobId: entry.job.id, signal: entry.stop.signal, lost, report }),
    );
    if (lost.aborted) return;
    if (error !== null) this.#onFailure(error);
    if (error !== null) this.#end(entry, { status: 'FAILED', error });
    else this.#end(entry, { status: entry.job.status === 'STOPPING' ? 'CANCELLED' : 'FINISHED' });
  }

  #end(entry: Entry, change: { readonly status: JobStatus; readonly error?: string }): void {
    const wasStarted = entry.job.startedAt !== null;
    entry.job = { ...entry.job, ...change, endedAt: wasStarted ? this.#now() : null };
    this.#entries = this.#entries.filter((each) => each !== entry);
    this.#ended = [...this.#ended, entry].slice(-ENDED_KEPT);
    this.#everEnded = [...this.#everEnded, entry];
    this.updates.emit({ type: 'REMOVE', job: entry.job });
  }

  #update(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    this.updates.emit({ type: 'UPDATE', job: entry.job });
  }
}

async function failureOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
