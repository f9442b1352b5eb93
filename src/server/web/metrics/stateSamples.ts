import type { Peer } from '../../../core/failure.ts';
import type { Status } from '../../../engine/operations.ts';
import type { JobGroup } from '../../../store/port.ts';
import { isReady } from '../readiness.ts';
import type { LabelsOf, MetricOf } from './table.ts';

/** A value of a gauge. */
export type Sample = {
  [Name in MetricOf<'gauge'>]: {
    readonly name: Name;
    readonly labels: LabelsOf<Name>;
    readonly value: number;
  };
}[MetricOf<'gauge'>];

export interface ServiceState {
  readonly status: Status;
  readonly jobs: readonly JobGroup[];
  readonly now: number;
}

const PEERS: readonly Peer[] = ['plex', 'stash'];

/** All gauges, from what is stored. */
export function stateSamples({ status, jobs, now }: ServiceState): readonly Sample[] {
  const { queue, breakers, pauses, stop, lastPollAt, links } = status;
  const { oldestPendingAt } = queue;
  return [
    { name: 'plexsync_info', labels: { version: status.version }, value: 1 },
    { name: 'plexsync_ready', labels: {}, value: Number(isReady(status)) },
    { name: 'plexsync_writing', labels: {}, value: Number(status.enabled && !status.dryRun) },
    ...jobs.map((group): Sample => {
      const labels = { state: group.state, class: group.class ?? 'none' };
      return { name: 'plexsync_jobs', labels, value: group.jobs };
    }),
    {
      name: 'plexsync_oldest_pending_job_age_seconds',
      labels: {},
      value: oldestPendingAt === null ? 0 : seconds(now - oldestPendingAt),
    },
    ...PEERS.flatMap((peer): readonly Sample[] => [
      { name: 'plexsync_breaker_open', labels: { peer }, value: Number(breakers[peer].state === 'open') },
      {
        name: 'plexsync_paused',
        labels: { peer },
        value: Number(pauses.some(({ failure }) => failure.peer === peer)),
      },
    ]),
    { name: 'plexsync_safety_stop', labels: {}, value: Number(stop !== null) },
    ...itemsByLibrary(status.index),
    { name: 'plexsync_links', labels: {}, value: links },
    ...(lastPollAt === null
      ? []
      : [{ name: 'plexsync_feed_lag_seconds', labels: {}, value: seconds(now - lastPollAt) } as const]),
    ...reconcileSamples(status.reconcile),
  ];
}

/** Two libraries may have one name, and a name with two values would spoil the whole scrape. */
function itemsByLibrary(index: Status['index']): readonly Sample[] {
  const items = new Map<string, number>();
  for (const section of index) items.set(section.title, (items.get(section.title) ?? 0) + section.items);
  return [...items].map(([library, value]) => ({ name: 'plexsync_index_items', labels: { library }, value }));
}

function reconcileSamples({ running, last }: Status['reconcile']): readonly Sample[] {
  const samples: readonly Sample[] = [
    { name: 'plexsync_reconcile_running', labels: {}, value: Number(running !== null) },
  ];
  if (last === null) return samples;
  const { startedAt, endedAt, counts } = last;
  const found = {
    scenes: counts.scenes,
    in_step: counts.inStep,
    queued: counts.queued,
    not_in_plex: counts.notInPlex,
    need_person: counts.needPerson,
    held: counts.held,
    left_out: counts.leftOut,
    destroyed: counts.destroyed,
  };
  return [
    ...samples,
    { name: 'plexsync_reconcile_last_end_timestamp_seconds', labels: {}, value: endedAt / 1000 },
    {
      name: 'plexsync_reconcile_last_duration_seconds',
      labels: {},
      value: seconds(endedAt - startedAt),
    },
    ...Object.entries(found).map(
      ([name, value]): Sample => ({
        name: 'plexsync_reconcile_last_scenes',
        labels: { found: name },
        value,
      }),
    ),
  ];
}

/** A clock that was set back gives no negative age. */
const seconds = (ms: number): number => Math.max(0, ms) / 1000;
