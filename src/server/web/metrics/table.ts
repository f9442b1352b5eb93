import { REQUEST_OUTCOMES } from '../../../http/requestOutcome.ts';

export interface MetricFacts {
  readonly kind: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  /** Each with what its values are. */
  readonly labels: Readonly<Record<string, string>>;
  /** Upper bounds, in the unit of the metric. */
  readonly buckets?: readonly number[];
}

const PEER = '`plex` or `stash`';

/**
 * Every metric, declared once: the registry, docs/metrics.md and the test of the Grafana dashboard read this table.
 * Gauges are read from the database at each scrape; counters and histograms begin with the process. Labels never
 * hold a title, a path or an address, but for the names of libraries.
 */
export const METRICS = {
  plexsync_info: {
    kind: 'gauge',
    help: 'Always 1; its label says which version runs.',
    labels: { version: 'version of PlexSync' },
  },
  plexsync_ready: {
    kind: 'gauge',
    help: 'Whether work can be done now (1) or waits (0): what /readyz says.',
    labels: {},
  },
  plexsync_writing: {
    kind: 'gauge',
    help: 'Whether Plex is written to (1), or not because of enabled or dry_run (0).',
    labels: {},
  },
  plexsync_jobs: {
    kind: 'gauge',
    help: 'Jobs in the queue, by state and by the class of their latest failure.',
    labels: {
      state: '`pending`, `running`, `waiting` (for Plex to have the file) or `dead`',
      class: 'class of failure as in `plexsync dead`, or `none`',
    },
  },
  plexsync_oldest_pending_job_age_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest job that is pending; 0 when there is none.',
    labels: {},
  },
  plexsync_breaker_open: {
    kind: 'gauge',
    help: 'Whether a server is taken for unreachable (1), so that work waits for it.',
    labels: { peer: PEER },
  },
  plexsync_paused: {
    kind: 'gauge',
    help: 'Whether work waits for a correction (1): sign-in refused, or settings that do not fit.',
    labels: { peer: PEER },
  },
  plexsync_safety_stop: {
    kind: 'gauge',
    help: 'Whether all writing stands still until a person says so (1).',
    labels: {},
  },
  plexsync_index_items: {
    kind: 'gauge',
    help: 'Items in the file index.',
    labels: { library: 'name of the library in Plex' },
  },
  plexsync_links: { kind: 'gauge', help: 'Links between scenes and items.', labels: {} },
  plexsync_feed_lag_seconds: {
    kind: 'gauge',
    help: 'Age of the last look at both servers for changes that nobody told of; absent before the first.',
    labels: {},
  },
  plexsync_reconcile_running: {
    kind: 'gauge',
    help: 'Whether a comparison of everything runs or waits to (1).',
    labels: {},
  },
  plexsync_reconcile_last_end_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the last comparison of everything ended, in Unix time; absent before the first.',
    labels: {},
  },
  plexsync_reconcile_last_duration_seconds: {
    kind: 'gauge',
    help: 'How long it took.',
    labels: {},
  },
  plexsync_reconcile_last_scenes: {
    kind: 'gauge',
    help: 'What it found, in scenes.',
    labels: {
      found:
        '`scenes` (all), `in_step`, `queued`, `not_in_plex`, `need_person`, `held`, `left_out` or `destroyed`',
    },
  },
  plexsync_edit_to_written_seconds: {
    kind: 'histogram',
    help: 'Time from the trigger of an edit to where Plex shows it.',
    labels: { source: 'what triggered it: `hook`, `poll`, `command`, `entity`, `index`, `plex` or `sweep`' },
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200],
  },
  plexsync_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time of a request, the wait for a free connection included.',
    labels: { peer: PEER, outcome: REQUEST_OUTCOMES.map((outcome) => `\`${outcome}\``).join(', ') },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  plexsync_requests_total: {
    kind: 'counter',
    help: 'Requests.',
    labels: {
      peer: PEER,
      code: 'status of the answer, or what went wrong without one, such as `refused` or `read-timeout`',
    },
  },
  plexsync_writes_total: {
    kind: 'counter',
    help: 'Edits and images that Plex took.',
    labels: { field: 'field or kind of image, as in `plexsync history --json`' },
  },
} as const satisfies Record<string, MetricFacts>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

type Kind = MetricFacts['kind'];
/** The metrics of a kind. */
export type MetricOf<Of extends Kind> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Of ? Name : never;
}[MetricName];
/** All labels of a metric, each with a value. */
export type LabelsOf<Name extends MetricName> = {
  readonly [Label in keyof (typeof METRICS)[Name]['labels']]: string;
};
