import { describe, expect, test } from 'vitest';
import { growthAnHour, type Look, most, settledLooks } from './overTime.ts';

const at = (seconds: number, rssMiB: number): Look => ({
  seconds,
  rssMiB,
  openFiles: 30,
  databaseMiB: 1,
  inboxFiles: 0,
  jobs: 0,
});

describe('growth an hour', () => {
  test('is that of a line through the looks', () => {
    const leaking = Array.from({ length: 60 }, (_, minute) => at(minute * 60, 100 + minute));
    expect(growthAnHour(leaking, 'rssMiB')).toBe(60);
    expect(growthAnHour(leaking, 'openFiles')).toBe(0);
  });

  test('is about nothing where a figure goes up and down', () => {
    const breathing = Array.from({ length: 60 }, (_, minute) =>
      at(minute * 60, minute % 2 === 0 ? 100 : 110),
    );
    expect(Math.abs(growthAnHour(breathing, 'rssMiB'))).toBeLessThan(1);
  });

  test('of one look is nothing', () => {
    expect(growthAnHour([at(0, 100)], 'rssMiB')).toBe(0);
  });
});

test('the first half of the looks does not count', () => {
  const looks = [at(0, 900), at(60, 800), at(120, 100), at(180, 110)];
  expect(most(settledLooks(looks), 'rssMiB')).toBe(110);
});
