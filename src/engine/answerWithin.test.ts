import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerWithin } from './answerWithin.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('an answer in time is handed on, and so is an error', async () => {
  expect(await answerWithin(Promise.resolve(7), 1_000)).toBe(7);
  await expect(answerWithin(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('one that does not come is given up in time', async () => {
  const given = answerWithin(new Promise(() => undefined), 1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await given).toBeNull();
});
