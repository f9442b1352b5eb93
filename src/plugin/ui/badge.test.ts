import { expect, test } from 'vitest';
import type { Wakened } from '../../server/wake.ts';
import { Badge, badgeText, badgeWords } from './badge.ts';

function watched() {
  let looks = 0;
  let isHidden = false;
  const timers = new Set<() => void>();
  const shown = new Set<() => void>();
  const added = <Entry>(set: Set<Entry>, entry: Entry) => {
    set.add(entry);
    return () => void set.delete(entry);
  };
  const badge = new Badge({
    look: () => Promise.resolve({ dead: ++looks, isStuck: false, isService: false }),
    isHidden: () => isHidden,
    onShown: (listener) => added(shown, listener),
    every: (_, act) => added(timers, act),
  });
  return {
    badge,
    looks: () => looks,
    running: () => timers.size + shown.size,
    hide: (hidden: boolean) => {
      isHidden = hidden;
      if (!hidden) for (const listener of shown) listener();
    },
    minute: () => {
      for (const act of timers) act();
    },
  };
}

test('both icons of a page share one look, and it ends with them', async () => {
  const { badge, looks, minute, running } = watched();
  const seen: (Wakened | null)[] = [];
  const stop = [badge.watch((said) => seen.push(said)), badge.watch((said) => seen.push(said))];
  minute();
  await Promise.resolve();
  await Promise.resolve();
  expect(looks()).toBe(1);
  expect(seen).toEqual([
    { dead: 1, isStuck: false, isService: false },
    { dead: 1, isStuck: false, isService: false },
  ]);
  for (const each of stop) each();
  expect(running()).toBe(0);
});

test('nothing is asked while the tab is hidden, and at once when it is seen again', () => {
  const { badge, looks, minute, hide } = watched();
  badge.watch(() => undefined);
  hide(true);
  minute();
  expect(looks()).toBe(0);
  hide(false);
  expect(looks()).toBe(1);
});

test.each<[Wakened | null, string | null, string]>([
  [null, null, 'PlexSync'],
  [{ dead: 0, isStuck: false, isService: false }, null, 'PlexSync'],
  [{ dead: 1, isStuck: false, isService: false }, '1', 'PlexSync: 1 scene needs you'],
  [
    { dead: 120, isStuck: true, isService: false },
    '99+',
    'PlexSync: 120 scenes need you, nothing is written until you have looked',
  ],
  [{ dead: 0, isStuck: true, isService: false }, '!', 'PlexSync: nothing is written until you have looked'],
])('%j is shown as %s', (said, text, words) => {
  expect([badgeText(said), badgeWords(said)]).toEqual([text, words]);
});
