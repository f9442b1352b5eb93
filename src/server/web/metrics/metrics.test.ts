import { describe, expect, test } from 'vitest';
import { quietStatus } from '../../../../test/fakes/fakeOperations.ts';
import type { Status } from '../../../engine/operations.ts';
import type { JobGroup } from '../../../store/port.ts';
import { createMetrics } from './metrics.ts';
import { METRIC_NAMES, METRICS } from './table.ts';

const NOW = 1_000_000;

async function scraped(
  metrics = createMetrics(),
  state: { readonly status?: Partial<Status>; readonly jobs?: readonly JobGroup[] } = {},
): Promise<readonly string[]> {
  const text = await metrics.text({
    status: { ...quietStatus, ...state.status },
    jobs: state.jobs ?? [],
    now: NOW,
  });
  return text.split('\n');
}

const ofMetric = (lines: readonly string[], name: string): readonly string[] =>
  lines.filter((line) => line.startsWith(name));

test('each metric of the table is there, with its kind and its help, and so is the process', async () => {
  const lines = await scraped();
  for (const name of METRIC_NAMES) {
    expect(lines).toContain(`# HELP ${name} ${METRICS[name].help}`);
    expect(lines).toContain(`# TYPE ${name} ${METRICS[name].kind}`);
  }
  expect(ofMetric(lines, 'process_resident_memory_bytes ')).toHaveLength(1);
});

test('names say what they count, as Prometheus has it', () => {
  for (const name of METRIC_NAMES) {
    const { kind, help } = METRICS[name];
    expect(name).toMatch(/^plexsync_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(kind === 'counter');
    expect(help).toMatch(/\.$/);
  }
});

describe('from the state', () => {
  test('jobs by state and class', async () => {
    const jobs: readonly JobGroup[] = [
      { state: 'pending', class: null, jobs: 3 },
      { state: 'dead', class: 'no-match', jobs: 2 },
    ];
    expect(ofMetric(await scraped(createMetrics(), { jobs }), 'plexsync_jobs')).toEqual([
      'plexsync_jobs{state="pending",class="none"} 3',
      'plexsync_jobs{state="dead",class="no-match"} 2',
    ]);
  });

  test('what is gone is no longer said', async () => {
    const metrics = createMetrics();
    await scraped(metrics, {
      jobs: [{ state: 'dead', class: 'rejected', jobs: 9 }],
      status: { lastPollAt: NOW - 30_000 },
    });
    const lines = await scraped(metrics);
    expect(ofMetric(lines, 'plexsync_jobs')).toEqual([]);
    expect(ofMetric(lines, 'plexsync_feed_lag_seconds')).toEqual([]);
  });

  test('ages and times in seconds', async () => {
    const counts = {
      scenes: 10,
      inStep: 7,
      queued: 2,
      queuedToBeSure: 1,
      notInPlex: 1,
      needPerson: 0,
      held: 0,
      leftOut: 0,
      destroyed: 0,
    };
    const lines = await scraped(createMetrics(), {
      status: {
        lastPollAt: NOW - 30_500,
        queue: { ...quietStatus.queue, pending: 1, oldestPendingAt: NOW - 2_000 },
        reconcile: {
          ...quietStatus.reconcile,
          last: { startedAt: 500_000, endedAt: 543_000, outcome: 'done', counts },
        },
      },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'plexsync_feed_lag_seconds 30.5',
        'plexsync_oldest_pending_job_age_seconds 2',
        'plexsync_reconcile_running 0',
        'plexsync_reconcile_last_end_timestamp_seconds 543',
        'plexsync_reconcile_last_duration_seconds 43',
        'plexsync_reconcile_last_scenes{found="in_step"} 7',
      ]),
    );
  });

  test('a clock that was set back makes no age negative', async () => {
    const lines = await scraped(createMetrics(), { status: { lastPollAt: NOW + 5_000 } });
    expect(lines).toContain('plexsync_feed_lag_seconds 0');
  });

  test('what hinders work', async () => {
    const lines = await scraped(createMetrics(), {
      status: {
        dryRun: true,
        stop: { kind: 'safety', reason: '', advice: '', since: 0 },
        pauses: [{ failure: { class: 'auth', peer: 'stash', message: '' }, since: 0 }],
        breakers: {
          plex: { state: 'open', openedAt: 0, probeAt: 0, opened: 1, reason: '' },
          stash: { state: 'closed', failuresInRow: 4 },
        },
      },
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'plexsync_ready 0',
        'plexsync_writing 0',
        'plexsync_safety_stop 1',
        'plexsync_breaker_open{peer="plex"} 1',
        'plexsync_breaker_open{peer="stash"} 0',
        'plexsync_paused{peer="plex"} 0',
        'plexsync_paused{peer="stash"} 1',
      ]),
    );
  });

  test('two libraries of one name are counted together, and a name can forge no line', async () => {
    const section = { ...quietStatus.index[0], key: '1', listedAt: 0, watermark: 0, caughtUpAt: 0 };
    const named = (title: string, items: number) => ({ ...section, uuid: String(items), title, items });
    const index = [named('Movies', 2), named('Movies', 3), named('a"} 1\nplexsync_info 9', 4)];
    const lines = await scraped(createMetrics(), { status: { index: index as unknown as Status['index'] } });
    expect(ofMetric(lines, 'plexsync_index_items')).toEqual([
      'plexsync_index_items{library="Movies"} 5',
      String.raw`plexsync_index_items{library="a\"} 1\nplexsync_info 9"} 4`,
    ]);
  });
});

describe('of this process', () => {
  test('requests by server, code and time', async () => {
    const metrics = createMetrics();
    metrics.meter.requestEnded('plex', { outcome: 'ok', code: '200', ms: 30 });
    metrics.meter.requestEnded('plex', { outcome: 'ok', code: '200', ms: 300 });
    metrics.meter.requestEnded('stash', { outcome: 'no-answer', code: 'refused', ms: 1 });
    expect(await scraped(metrics)).toEqual(
      expect.arrayContaining([
        'plexsync_requests_total{peer="plex",code="200"} 2',
        'plexsync_requests_total{peer="stash",code="refused"} 1',
        'plexsync_request_duration_seconds_bucket{le="0.05",peer="plex",outcome="ok"} 1',
        'plexsync_request_duration_seconds_count{peer="plex",outcome="ok"} 2',
      ]),
    );
  });

  test('edits by field, and the time until they show', async () => {
    const metrics = createMetrics();
    metrics.meter.fieldSent('title');
    metrics.meter.fieldSent('title');
    metrics.meter.editArrived('hook', 400);
    expect(await scraped(metrics)).toEqual(
      expect.arrayContaining([
        'plexsync_writes_total{field="title"} 2',
        'plexsync_edit_to_written_seconds_bucket{le="0.5",source="hook"} 1',
        'plexsync_edit_to_written_seconds_bucket{le="0.25",source="hook"} 0',
        'plexsync_edit_to_written_seconds_sum{source="hook"} 0.4',
      ]),
    );
  });

  test('a daemon that is put together anew counts anew, and the process stays one', async () => {
    const before = createMetrics();
    before.meter.fieldSent('title');
    await scraped(before);
    const lines = await scraped(createMetrics());
    expect(ofMetric(lines, 'plexsync_writes_total')).toEqual([]);
    expect(ofMetric(lines, 'process_cpu_seconds_total ')).toHaveLength(1);
  });
});
