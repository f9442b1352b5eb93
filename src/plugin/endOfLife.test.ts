import { describe, expect, test } from 'vitest';
import { judgeSurroundings, type Surroundings, type Watched, watchedFrom } from './endOfLife.ts';

const MINUTE = 60_000;
const WELL: Surroundings = {
  bundle: 'ours',
  hasInbox: true,
  isExternal: false,
  plugin: 'enabled',
  isStashAway: false,
};

/** One look a step; the reason for which it ends, and at which step. */
function live(
  steps: readonly (Partial<Surroundings> & { readonly at: number })[],
): { readonly end: string; readonly at: number } | null {
  let watched: Watched = watchedFrom('ours');
  for (const { at, ...seen } of steps) {
    const judged = judgeSurroundings(watched, { ...WELL, ...seen }, at);
    if (judged.end !== null) return { end: judged.end, at };
    watched = judged.watched;
  }
  return null;
}

const awayEvery = (everyMs: number, looks: number) =>
  Array.from({ length: looks }, (_, index) => ({ at: index * everyMs, isStashAway: true }));

describe('the daemon of the plugin', () => {
  test('lives on as long as all is well, also while Stash does not say', () => {
    expect(live([{ at: 0 }, { at: MINUTE, plugin: 'unknown' }, { at: 100 * MINUTE }])).toBeNull();
  });

  test.each<[string, Partial<Surroundings>, string]>([
    ['is disabled', { plugin: 'disabled' }, 'disabled in Stash'],
    ['is removed', { plugin: 'removed' }, 'removed from Stash'],
    ['loses its folder', { hasInbox: false }, 'its folder is gone'],
    ['finds the sign of a service', { isExternal: true }, 'another daemon reads the inbox'],
  ])('ends at once when it %s', (_, seen, end) => {
    expect(live([{ at: 0 }, { at: MINUTE, ...seen }])).toEqual({ end, at: MINUTE });
  });

  test('ends for another bundle once it has seen the same one twice: the first time it may be half written', () => {
    expect(
      live([
        { at: 0, bundle: 'half' },
        { at: 1, bundle: 'more' },
        { at: 2, bundle: 'whole' },
        { at: 3, bundle: 'whole' },
      ]),
    ).toEqual({ end: 'replaced by another version', at: 3 });
  });

  test('a bundle that is gone for a moment, while Stash updates, is not yet removed', () => {
    expect(live([{ at: 0, bundle: null }, { at: 1 }, { at: 2, bundle: null }, { at: 3 }])).toBeNull();
    expect(
      live([
        { at: 0, bundle: null },
        { at: 1, bundle: null },
      ])?.end,
    ).toBe('removed from Stash');
  });

  test('ends when Stash was away for ten minutes', () => {
    expect(live(awayEvery(30_000, 30))).toEqual({
      end: 'Stash has been away for 10 minutes',
      at: 10 * MINUTE,
    });
  });

  test('begins to count anew when Stash answers in between', () => {
    expect(
      live([...awayEvery(30_000, 20), { at: 10 * MINUTE }, { at: 11 * MINUTE, isStashAway: true }]),
    ).toBeNull();
  });

  test('a machine that slept has not waited for Stash', () => {
    expect(
      live([
        { at: 0, isStashAway: true },
        { at: 600 * MINUTE, isStashAway: true },
      ]),
    ).toBeNull();
  });
});
