import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  type StashSimulator,
  type StashSimulatorOptions,
  startStashSimulator,
} from '../../simulator/stash/simulator.ts';
import { listenToStash } from '../../src/engine/listenToStash.ts';
import { apiKeySignIn, type StashSignIn } from '../../src/stash/signIn.ts';
import { createStashEvents, type StashEventsOptions } from '../../src/stash/stashEvents.ts';
import { eventually } from '../processes/eventually.ts';
import { collectLog } from '../world/collectedLog.ts';

/** What happens, in order; a test waits for what comes next, not for time to pass. */
class Happenings {
  readonly #waiting: string[] = [];
  #wake = (): void => undefined;

  note(what: string): void {
    this.#waiting.push(what);
    this.#wake();
  }

  async next(): Promise<string> {
    for (;;) {
      const what = this.#waiting.shift();
      if (what !== undefined) return what;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  async until(what: string): Promise<void> {
    while ((await this.next()) !== what);
  }
}

let stash: StashSimulator;
let happened: Happenings;
let log: ReturnType<typeof collectLog>;
let nowMs: number;
let sleeps: number[];
let heard: number;
beforeEach(() => {
  happened = new Happenings();
  log = collectLog([]);
  nowMs = 1_000_000;
  sleeps = [];
  heard = 0;
});

async function openStash(options: StashSimulatorOptions = {}): Promise<void> {
  stash = await startStashSimulator(options);
  onTestFinished(() => stash.close());
}

interface ListenOptions extends Partial<StashEventsOptions> {
  readonly onSleep?: (ms: number) => Promise<void> | void;
}

/** Listens until the test ends, or until `stop`. */
function listen({ onSleep, ...options }: ListenOptions = {}) {
  const stopping = new AbortController();
  const connect = createStashEvents({
    url: stash.url,
    signIn: apiKeySignIn(''),
    tlsVerify: true,
    connectTimeoutMs: 5_000,
    ...options,
  });
  const ended = listenToStash({
    events: (listening) =>
      connect({
        ...listening,
        onOpen: () => {
          listening.onOpen();
          happened.note('open');
        },
        onEvent: (event) => {
          listening.onEvent(event);
          heard++;
        },
      }),
    clock: {
      now: () => nowMs,
      sleep: async (ms, signal) => {
        if (signal.aborted) return;
        sleeps.push(ms);
        await onSleep?.(ms);
      },
    },
    random: () => 1,
    logger: log.logger,
    signal: stopping.signal,
    onNews: () => happened.note('news'),
    onState: () => undefined,
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await ended;
  };
  onTestFinished(stop);
  return { stop };
}

/** Stash knows of both subscriptions a little after it has let the socket in. */
async function open(): Promise<void> {
  await happened.until('open');
  await eventually(() => expect(stash.sockets.subscriptionCount).toBe(2));
}

const doTask = async (name: string): Promise<void> => {
  stash.jobs.add(name, () => Promise.resolve());
  await stash.jobs.idle();
};
const infos = (): readonly string[] => log.lines.filter((line) => line.includes('"level":"info"'));

describe('what Stash tells', () => {
  test.each(['Scanning...', 'Identifying...', 'Auto-tagging...', 'Cleaning...', 'Importing...'])(
    'the end of the task %s is news',
    async (name) => {
      await openStash();
      listen();
      await open();
      await doTask(name);
      expect(await happened.next()).toBe('news');
    },
  );

  test('the end of a scan is news, also where its task is called otherwise', async () => {
    await openStash();
    listen();
    await open();
    stash.scan.complete();
    expect(await happened.next()).toBe('news');
  });

  test('tasks that change no scene, and what a task does until it ends, are none', async () => {
    await openStash();
    listen();
    await open();
    await doTask('Generating...');
    const { promise, resolve } = Promise.withResolvers<void>();
    stash.jobs.add('Scanning...', async (run) => {
      for (let step = 0; step < 2_000; step++) run.report(step / 2_000);
      await promise;
    });
    happened.note('nothing so far');
    resolve();
    expect(await happened.next()).toBe('nothing so far');
    expect(await happened.next()).toBe('news');
  });

  test('many ends that come together are one piece of news', async () => {
    await openStash();
    const gate = Promise.withResolvers<void>();
    listen({ onSleep: () => gate.promise });
    await open();
    for (let count = 0; count < 20; count++) await doTask('Auto-tagging...');
    stash.scan.complete();
    await eventually(() => expect(heard).toBe(21));
    gate.resolve();
    expect(await happened.next()).toBe('news');
    expect(sleeps).toEqual([500]);
  });
});

describe('a connection', () => {
  test('that is cut without a word is made anew, and what may have been missed is looked for', async () => {
    await openStash();
    listen();
    await open();
    stash.sockets.dropAll();
    await open();
    expect(await happened.next()).toBe('news');
    await doTask('Scanning...');
    expect(await happened.next()).toBe('news');
  });

  test('on which nobody answers any more is noticed and made anew', async () => {
    await openStash();
    let isMuteOver = false;
    listen({
      pingMs: 20,
      pongWithinMs: 30,
      onSleep: () => {
        stash.sockets.isMute = false;
        isMuteOver = true;
      },
    });
    await open();
    stash.sockets.isMute = true;
    await open();
    expect(isMuteOver).toBe(true);
    expect(log.lines.join('\n')).toContain('Stash does not answer any more');
  });

  test('is kept by pings, and none is missed', async () => {
    await openStash();
    listen({ pingMs: 5, pongWithinMs: 1_000 });
    await open();
    for (let count = 0; count < 30; count++) {
      await doTask('Scanning...');
      await happened.until('news');
    }
    expect(stash.sockets.count).toBe(1);
  });

  test('is tried for ever while Stash is away, ever more rarely up to 80 s, and found when it is back', async () => {
    await openStash();
    await stash.goDown();
    listen({
      onSleep: async () => {
        if (sleeps.length === 8) await stash.comeBack();
      },
    });
    await open();
    expect(sleeps).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 80_000, 80_000, 80_000]);
    expect(infos()).toHaveLength(2);
  });

  test('that a proxy blocks leaves it to the polls: said once, and tried on', async () => {
    await openStash();
    stash.sockets.isBlocked = true;
    const tried = Promise.withResolvers<void>();
    listen({ onSleep: () => (sleeps.length >= 6 ? tried.resolve() : undefined) });
    await tried.promise;
    expect(infos()).toHaveLength(1);
    expect(infos()[0]).toContain('polls find its changes');
    expect(infos()[0]).toContain('HTTP 200 in place of a WebSocket');
  });

  test('that lived long is tried again at once, one that never does is not', async () => {
    await openStash();
    listen();
    await open();
    stash.sockets.dropAll();
    await open();
    nowMs += 60_000;
    stash.sockets.dropAll();
    await open();
    expect(sleeps.filter((ms) => ms !== 500)).toEqual([5_000, 5_000]);
  });

  test('ends at once when PlexSync does, opened or not', async () => {
    await openStash();
    const listening = listen();
    await open();
    await listening.stop();
    const early = listen();
    await early.stop();
    expect(infos()).toHaveLength(1);
  });
});

describe('signing in', () => {
  test('is by the same headers as for requests', async () => {
    await openStash({ switches: { password: 'secret', apiKey: 'the-key' } });
    listen({ signIn: apiKeySignIn('the-key') });
    await open();
    expect(stash.sockets.count).toBe(1);
  });

  test('refused is said, without the key', async () => {
    await openStash({ switches: { password: 'secret', apiKey: 'the-key' } });
    const tried = Promise.withResolvers<void>();
    listen({ signIn: apiKeySignIn('wrong-key'), onSleep: () => tried.resolve() });
    await tried.promise;
    expect(infos()[0]).toContain('HTTP 401');
    expect(log.lines.join('\n')).not.toContain('wrong-key');
  });

  test('refused is tried at once in another way, when there is one', async () => {
    await openStash({ switches: { password: 'secret', apiKey: 'the-key' } });
    let key = 'wrong-key';
    const signIn: StashSignIn = {
      headers: () => ({ ApiKey: key }),
      noteAnswer: () => undefined,
      noteRefusal: () => {
        key = 'the-key';
        return true;
      },
      advice: '',
    };
    listen({ signIn });
    await open();
    expect(sleeps).toEqual([]);
  });

  test.each([true, false])('to a certificate that signs itself, verified: %s', async (tlsVerify) => {
    await openStash({ isSecure: true });
    const tried = Promise.withResolvers<void>();
    listen({ tlsVerify, onSleep: () => tried.resolve() });
    if (tlsVerify) await tried.promise;
    else await open();
    expect(stash.sockets.count).toBe(tlsVerify ? 0 : 1);
  });
});
