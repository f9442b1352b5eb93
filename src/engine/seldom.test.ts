import { expect, test } from 'vitest';
import { seldom } from './seldom.ts';

/** Something that takes its time, and a clock that shows it. */
function costly(tookMs: number) {
  const clock = { time: 1_000_000, asked: 0 };
  const ask = seldom({ now: () => clock.time }, () => {
    clock.asked++;
    clock.time += tookMs;
    return Promise.resolve(clock.asked);
  });
  return { clock, ask };
}

test('what is quickly found is asked for once a second at most', async () => {
  const { clock, ask } = costly(1);
  expect([await ask(), await ask()]).toEqual([1, 1]);
  clock.time += 998;
  expect(await ask()).toBe(1);
  clock.time += 1;
  expect(await ask()).toBe(2);
});

test('what takes long is asked for in a hundredth of the time', async () => {
  const { clock, ask } = costly(60);
  await ask();
  clock.time += 5_939;
  expect(await ask()).toBe(1);
  clock.time += 1;
  expect(await ask()).toBe(2);
});

test('all who ask meanwhile wait for the same answer', async () => {
  const { clock, ask } = costly(0);
  const both = [ask(), ask()];
  clock.time += 1_000_000;
  expect(await Promise.all([...both, ask()])).toEqual([1, 1, 1]);
});

test('after a clock was set back it is asked for again', async () => {
  const { clock, ask } = costly(0);
  await ask();
  clock.time -= 500;
  expect(await ask()).toBe(2);
});
