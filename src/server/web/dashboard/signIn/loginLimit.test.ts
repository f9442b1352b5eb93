import { describe, expect, test } from 'vitest';
import { LoginLimit } from './loginLimit.ts';

const wrongTimes = (limit: LoginLimit, address: string, times: number, now = 0): void => {
  for (let time = 0; time < times; time++) limit.noteWrong(address, now);
};

describe('an address that sends wrong passwords', () => {
  test('is listened to five times, and then once in twelve seconds', () => {
    const limit = new LoginLimit();
    wrongTimes(limit, 'a', 4);
    expect(limit.waitMs('a', 0)).toBe(0);
    limit.noteWrong('a', 0);
    expect(limit.waitMs('a', 0)).toBe(12_000);
    expect(limit.waitMs('a', 11_999)).toBeGreaterThan(0);
    expect(limit.waitMs('a', 12_000)).toBe(0);
    limit.noteWrong('a', 12_000);
    expect(limit.waitMs('a', 12_000)).toBe(12_000);
  });

  test('holds up no other one, until there are many', () => {
    const limit = new LoginLimit();
    wrongTimes(limit, 'a', 5);
    expect(limit.waitMs('b', 0)).toBe(0);
    for (let nth = 0; nth < 30; nth++) limit.noteWrong(`address ${nth}`, 0);
    expect(limit.waitMs('b', 0)).toBeGreaterThan(0);
    expect(limit.waitMs('b', 60_000)).toBe(0);
  });

  test('begins anew once it knew the password', () => {
    const limit = new LoginLimit();
    wrongTimes(limit, 'a', 5);
    limit.noteRight('a');
    expect(limit.waitMs('a', 0)).toBe(0);
  });

  test('waits no longer because the clock was set back', () => {
    const limit = new LoginLimit();
    wrongTimes(limit, 'a', 5, 1_000_000);
    expect(limit.waitMs('a', 0)).toBe(12_000);
  });
});
