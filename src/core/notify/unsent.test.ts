import { expect, test } from 'vitest';
import { outage, outageOver } from './alert.ts';
import { addUnsent, attempted, dueUnsent } from './unsent.ts';

const away = outage('plex', 0);
const back = outageOver('plex', 0);

test('what failed is tried again later each time, and at last no more', () => {
  let [unsent = null] = addUnsent([], [away], 0);
  const times: number[] = [];
  while (unsent !== null) {
    times.push(unsent.nextAt);
    unsent = attempted(unsent, unsent.nextAt);
  }
  expect(times.map((time) => time / 1000)).toEqual([0, 30, 150, 750, 2_550]);
});

test('no sooner than the receiver asked for, within a day', () => {
  const [unsent] = addUnsent([], [away], 0);
  if (unsent === undefined) throw new Error('nothing was added');
  expect(attempted(unsent, 0, 45_000)?.nextAt).toBe(45_000);
  expect(attempted(unsent, 0, 1e12)?.nextAt).toBe(86_400_000);
});

test('the end of an outage waits for its beginning', () => {
  const [first, second] = addUnsent([], [away, back], 0);
  if (first === undefined || second === undefined) throw new Error('something was not added');
  const failed = attempted(first, 0);
  expect(dueUnsent([first, second], 0)).toBe(first);
  expect(dueUnsent(failed === null ? [] : [failed, second], 1)).toBeNull();
});

test('a clock that was set back keeps nothing waiting', () => {
  const [unsent] = addUnsent([], [away], 1e12);
  expect(dueUnsent(unsent === undefined ? [] : [unsent], 0)).toBe(unsent);
});

test('only so many wait, the latest', () => {
  const many = Array.from({ length: 30 }, (_, at) => at).reduce(
    (unsent, at) => addUnsent(unsent, [away], at),
    addUnsent([], [], 0),
  );
  expect(many.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
});
