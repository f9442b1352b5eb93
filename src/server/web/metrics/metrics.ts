import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../../../engine/meter.ts';
import { type ServiceState, stateSamples } from './stateSamples.ts';
import { type LabelsOf, METRIC_NAMES, METRICS, type MetricFacts, type MetricOf } from './table.ts';

export interface Metrics {
  /** Counts what happens in this process. */
  readonly meter: Meter;
  /** In the text format of Prometheus. */
  text(state: ServiceState): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const made = new Map(METRIC_NAMES.map((name) => [name, make(name, METRICS[name], registry)] as const));
  const count = <Name extends MetricOf<'counter'>>(name: Name, labels: LabelsOf<Name>): void => {
    const metric = made.get(name);
    if (metric instanceof Counter) metric.inc(labels);
  };
  const observe = <Name extends MetricOf<'histogram'>>(
    name: Name,
    labels: LabelsOf<Name>,
    ms: number,
  ): void => {
    const metric = made.get(name);
    if (metric instanceof Histogram) metric.observe(labels, Math.max(0, ms) / 1000);
  };
  /** What is gone since the last scrape, such as a library, is not to stand there with its last value. */
  const setGauges = (state: ServiceState): void => {
    for (const [name, metric] of made) {
      if (!(metric instanceof Gauge)) continue;
      metric.reset();
      // Without labels, resetting leaves a 0.
      if (Object.keys(METRICS[name].labels).length === 0) metric.remove();
    }
    for (const { name, labels, value } of stateSamples(state)) {
      const metric = made.get(name);
      if (metric instanceof Gauge) metric.set(labels, value);
    }
  };
  return {
    contentType: registry.contentType,
    meter: {
      requestEnded: (peer, { outcome, code, ms }) => {
        count('plexsync_requests_total', { peer, code });
        observe('plexsync_request_duration_seconds', { peer, outcome }, ms);
      },
      fieldSent: (field) => count('plexsync_writes_total', { field }),
      editArrived: (source, ms) => observe('plexsync_edit_to_written_seconds', { source }, ms),
    },
    text: async (state) => {
      setGauges(state);
      return Registry.merge([registry, processRegistry()]).metrics();
    },
  };
}

function make(name: string, facts: MetricFacts, registry: Registry): Gauge | Counter | Histogram {
  const options = { name, help: facts.help, labelNames: Object.keys(facts.labels), registers: [registry] };
  switch (facts.kind) {
    case 'gauge':
      return new Gauge(options);
    case 'counter':
      return new Counter(options);
    case 'histogram':
      return new Histogram({ ...options, buckets: [...(facts.buckets ?? [])] });
  }
}

let ofProcess: Registry | null = null;

/** One a process, however often the daemon is put together anew in it: its observers cannot be taken away. */
function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}
