import { describe, expect, onTestFinished, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../simulator/plex/clock.ts';
import {
  type PlexTvOptions,
  type PlexTvSimulator,
  startPlexTvSimulator,
} from '../../simulator/plexTv/server.ts';
import type { Failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { createPlexTvClient } from '../plex/plexTv/createPlexTvClient.ts';
import { signInByPin } from './signIn.ts';

interface Story {
  readonly plexTv: PlexTvSimulator;
  readonly links: readonly string[];
  readonly troubles: readonly Failure[];
  readonly sleeps: readonly number[];
  readonly ending: AbortController;
  run(pinsAtMost?: number): Promise<Result<string>>;
}

/** Time passes only in sleeps; after each `then` says what a person or plex.tv does. */
async function story(
  then: (told: {
    plexTv: PlexTvSimulator;
    nth: number;
    clock: SteppedClock;
    ending: AbortController;
  }) => void,
  options: PlexTvOptions = {},
): Promise<Story> {
  const clock = steppedClock();
  const plexTv = await startPlexTvSimulator({ clock, ...options });
  onTestFinished(() => plexTv.close());
  const [links, troubles, sleeps] = [[] as string[], [] as Failure[], [] as number[]];
  const ending = new AbortController();
  const client = createPlexTvClient({
    clientIdentifier: 'client-1',
    version: '1.2.3',
    url: plexTv.url,
    connectTimeoutMs: 1000,
    readTimeoutMs: 1000,
  });
  const run = (pinsAtMost = 3): Promise<Result<string>> =>
    signInByPin({
      plexTv: client,
      clock: {
        now: () => clock.now(),
        sleep: async (ms) => {
          clock.advance(ms);
          sleeps.push(ms);
          then({ plexTv, nth: sleeps.length, clock, ending });
        },
      },
      signal: ending.signal,
      onPin: ({ link }) => links.push(link),
      onTrouble: (failure) => troubles.push(failure),
      pinsAtMost,
    });
  return { plexTv, links, troubles, sleeps, ending, run };
}

describe('signing in by pin', () => {
  test('looks once a second until the person has signed in', async () => {
    const { run, sleeps, links } = await story(({ plexTv, nth }) => {
      if (nth === 4) plexTv.pins.signIn(plexTv.pins.codes[0] ?? '', 'account-token');
    });
    expect(await run()).toEqual({ ok: true, value: 'account-token' });
    expect([sleeps, links.length]).toEqual([[1000, 1000, 1000, 1000], 1]);
  });

  test.each(['not-found', 'shown'] as const)(
    'a pin that expires (%s) is followed by a new one',
    async (expiredPin) => {
      const { run, links } = await story(
        ({ plexTv, nth }) => {
          if (nth === 7) plexTv.pins.signIn(plexTv.pins.codes[1] ?? '', 'account-token');
        },
        { pinLifeMs: 5_000, switches: { expiredPin } },
      );
      expect(await run()).toEqual({ ok: true, value: 'account-token' });
      expect(new Set(links).size).toBe(2);
    },
  );

  test('ends when nobody comes', async () => {
    const { run, links } = await story(() => undefined, { pinLifeMs: 3_000 });
    expect(await run(2)).toMatchObject({ ok: false, failure: { class: 'auth' } });
    expect(links).toHaveLength(2);
  });

  test('waits as long as plex.tv asks, tells of trouble once, and goes on', async () => {
    const { run, sleeps, troubles } = await story(({ plexTv, nth }) => {
      if (nth === 1) plexTv.faults.add({ fault: 'too-many', argument: 7, method: 'GET' });
      if (nth === 2) plexTv.faults.add({ fault: 'status', argument: 502, method: 'GET' });
      if (nth === 3) plexTv.pins.signIn(plexTv.pins.codes[0] ?? '', 'account-token');
    });
    expect(await run()).toEqual({ ok: true, value: 'account-token' });
    expect(sleeps).toEqual([1000, 7000, 5000]);
    expect(troubles).toHaveLength(1);
  });

  test('gives up at once where no pin can be made', async () => {
    const { run, plexTv, links } = await story(() => undefined);
    plexTv.faults.add({ fault: 'too-many', argument: 7 });
    expect(await run()).toMatchObject({ ok: false, failure: { class: 'unreachable' } });
    expect(links).toEqual([]);
  });

  test('ends with its signal', async () => {
    const { run, sleeps } = await story(({ ending, nth }) => {
      if (nth === 2) ending.abort();
    });
    expect((await run()).ok).toBe(false);
    expect(sleeps).toHaveLength(2);
  });
});
