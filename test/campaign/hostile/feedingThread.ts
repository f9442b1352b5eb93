import { Worker } from 'node:worker_threads';
import { type Fed, inputWords } from './feedTarget.ts';
import { LONGEST_INPUT } from './inputs.ts';

/** Without any progress, on a machine that does much else. */
const HUNG_AFTER_MS = 60_000;
/** What a target may keep: caches, a database in memory. */
const MOST_GROWTH_MIB = 48;

export interface FeedOrder {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
}

export interface FeedAnswer extends Fed {
  /** Of the heap, from a tenth of the inputs on. */
  readonly growthMiB: number;
}

/** How many inputs were fed, the length of the current one, and its bytes: seen from outside while the thread hangs. */
export class CurrentInput {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(buffer = new SharedArrayBuffer(8 + LONGEST_INPUT)) {
    this.buffer = buffer;
    this.#header = new Int32Array(buffer, 0, 2);
    this.#bytes = new Uint8Array(buffer, 8);
  }

  note(input: Uint8Array): void {
    this.#bytes.set(input);
    this.#header[1] = input.length;
    Atomics.add(this.#header, 0, 1);
  }

  get count(): number {
    return Atomics.load(this.#header, 0);
  }

  get input(): Uint8Array {
    return this.#bytes.slice(0, this.#header[1] ?? 0);
  }
}

/** What is waited for: an answer, or how the thread came to its end. */
type Ending = { readonly answer: FeedAnswer } | { readonly words: string };

/** Feeds targets in a thread, which can be ended when an input never comes back; another one is made then. */
export class FeedingThread {
  #thread: Worker | null = null;
  #current = new CurrentInput();
  #onEnding: (ending: Ending) => void = () => undefined;

  async feed(order: FeedOrder): Promise<FeedAnswer> {
    const thread = this.#running();
    const before = this.#current.count;
    const ending = await this.#ending(thread, order);
    if ('words' in ending) {
      const broken = [`${order.target}: ${inputWords(this.#current.input)} ${ending.words}`];
      const inputs = this.#current.count - before;
      await this.end();
      return { inputs, slowestMs: 0, growthMiB: 0, broken };
    }
    const { answer } = ending;
    if (answer.growthMiB <= MOST_GROWTH_MIB) return answer;
    const grown = `${order.target}: the heap grew by ${answer.growthMiB} MiB in ${order.inputs} inputs`;
    return { ...answer, broken: [...answer.broken, grown] };
  }

  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    this.#onEnding = () => undefined;
    await thread?.terminate();
  }

  #ending(thread: Worker, order: FeedOrder): Promise<Ending> {
    const current = this.#current;
    return new Promise((resolve) => {
      let seen = { count: -1, at: performance.now() };
      const watch = setInterval(() => {
        if (current.count !== seen.count) seen = { count: current.count, at: performance.now() };
        else if (performance.now() - seen.at > HUNG_AFTER_MS) this.#onEnding({ words: 'hangs' });
      }, 1_000);
      this.#onEnding = (ending) => {
        clearInterval(watch);
        resolve(ending);
      };
      thread.postMessage(order);
    });
  }

  #running(): Worker {
    if (this.#thread !== null) return this.#thread;
    this.#current = new CurrentInput();
    const thread = new Worker(new URL('./feedOrders.ts', import.meta.url), {
      workerData: this.#current.buffer,
    });
    const told = (ending: Ending): void => {
      if (this.#thread === thread) this.#onEnding(ending);
    };
    thread.on('message', (answer: FeedAnswer) => told({ answer }));
    thread.on('error', (error) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      told({ words: `ends the process: ${words}` });
    });
    thread.on('exit', (code) => told({ words: `ended the thread with ${code}` }));
    this.#thread = thread;
    return thread;
  }
}
