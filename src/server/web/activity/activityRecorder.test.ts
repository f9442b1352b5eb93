import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { percentileMs } from '../../../core/activity/latency.ts';
import { ActivityRecorder } from './activityRecorder.ts';

const NOW = 1_000_000_000;
const now = (): number => NOW;

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

function memory() {
  const stored = new Map<string, string>();
  return {
    stored,
    get: (key: string) => Promise.resolve(stored.get(key) ?? null),
    set: vi.fn<(key: string, value: string) => Promise<void>>((key, value) =>
      Promise.resolve(void stored.set(key, value)),
    ),
  };
}

test('counts what the engine tells, and times edits alone', () => {
  const own = new ActivityRecorder(now);
  own.meter.editArrived('hook', 400);
  own.meter.editArrived('sweep', 9_000_000);
  own.meter.fieldSent('title');
  own.meter.requestEnded('plex', { outcome: 'refused', code: '500', ms: 3 });
  own.meter.requestEnded('stash', { outcome: 'no-answer', code: 'refused', ms: 3 });
  const [minute] = own.current().minutes;
  expect(minute).toMatchObject({ scenes: 2, fields: 1, plexRequests: 1, stashRequests: 1, unanswered: 1 });
  expect(percentileMs(minute?.latencies ?? {}, 100)).toBeLessThan(440);
});

test('goes on after a restart with what was kept, and with what came before that was read', async () => {
  const meta = memory();
  const first = new ActivityRecorder(now);
  const end = await first.keepIn(meta);
  first.meter.editArrived('hook', 400);
  await end();
  const second = new ActivityRecorder(now);
  second.meter.editArrived('hook', 400);
  await (await second.keepIn(meta))();
  expect(second.current().minutes).toMatchObject([{ scenes: 2 }]);
  const third = new ActivityRecorder(now);
  await third.keepIn(meta);
  expect(third.current()).toEqual(second.current());
});

test('writes each few minutes, and nothing while nothing is done', async () => {
  const meta = memory();
  const recorder = new ActivityRecorder(now);
  const end = await recorder.keepIn(meta);
  recorder.meter.fieldSent('title');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(meta.set).toHaveBeenCalledTimes(1);
  await end();
  expect(meta.set).toHaveBeenCalledTimes(1);
});

test.each(['', '{', '{"schema":2}', '{"schema":1,"minutes":[[1]],"quarters":[]}'])(
  'what cannot be read is no reason to fail: %s',
  async (text) => {
    const meta = memory();
    meta.stored.set('activity', text);
    const recorder = new ActivityRecorder(now);
    await recorder.keepIn(meta);
    expect(recorder.current().minutes).toEqual([]);
  },
);

test('a disk that is full costs the chart, not the daemon', async () => {
  const recorder = new ActivityRecorder(now);
  const full = { get: () => Promise.resolve(null), set: () => Promise.reject(new Error('SQLITE_FULL')) };
  const end = await recorder.keepIn(full);
  recorder.meter.fieldSent('title');
  await expect(end()).resolves.toBeUndefined();
});

test('a week of busy minutes stays small', async () => {
  const meta = memory();
  const recorder = new ActivityRecorder(now);
  const end = await recorder.keepIn(meta);
  for (let minute = 0; minute < 7 * 24 * 60; minute += 5) {
    vi.setSystemTime(NOW + minute * 60_000);
    for (const ms of [90, 400, 900, 3_000]) recorder.meter.editArrived('hook', ms);
    recorder.meter.requestEnded('plex', { outcome: 'ok', code: '200', ms: 3 });
  }
  await end();
  expect(meta.stored.get('activity')?.length).toBeLessThan(80_000);
});
