import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullRamp, type Ramp, rampAfterBatch, startRamp } from './ramp.ts';

const after = (ramp: Ramp, ...batches: readonly { jobs: number; failed: number }[]): number =>
  batches.reduce(rampAfterBatch, ramp).limit;

test('after an outage batches grow 1, 2, 4 … up to full size', () => {
  const limits = [startRamp.limit];
  for (let ramp = startRamp; ramp.limit < fullRamp.limit; ) {
    ramp = rampAfterBatch(ramp, { jobs: ramp.limit, failed: 0 });
    limits.push(ramp.limit);
  }
  expect(limits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024]);
  expect(after(fullRamp, { jobs: 500, failed: 0 })).toBe(fullRamp.limit);
});

test.each([
  ['exactly three tenths failed: it grows', 16, { jobs: 10, failed: 3 }, 32],
  ['more than three tenths failed: it halves', 16, { jobs: 16, failed: 5 }, 8],
  ['a batch smaller than the limit failed: half of that batch', 1_024, { jobs: 20, failed: 20 }, 10],
  ['one job failed alone: it stays at one', 1, { jobs: 1, failed: 1 }, 1],
  ['an empty batch says nothing', 4, { jobs: 0, failed: 0 }, 4],
])('%s', (_, limit, batch, next) => {
  expect(after({ limit }, batch)).toBe(next);
});

test('is always a whole number from one to full size', () => {
  const batch = fc
    .nat({ max: 2_000 })
    .chain((jobs) => fc.record({ jobs: fc.constant(jobs), failed: fc.nat({ max: jobs }) }));
  fc.assert(
    fc.property(fc.array(batch), (batches) => {
      const limit = after(startRamp, ...batches);
      expect(Number.isInteger(limit)).toBe(true);
      expect(limit).toBeGreaterThanOrEqual(1);
      expect(limit).toBeLessThanOrEqual(fullRamp.limit);
    }),
  );
});
