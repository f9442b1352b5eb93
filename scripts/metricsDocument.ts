import { METRIC_NAMES, METRICS, type MetricFacts, type MetricName } from '../src/server/web/metrics/table.ts';

/** docs/metrics.md, from the table of metrics. */
export const metricsDocument =
  (): string => `<!-- Made by \`npm run docs\` from src/server/web/metrics/table.ts: edit that. -->

# Metrics

What \`/metrics\` answers when \`http_port\` is set ([operations.md](operations.md)), in Prometheus's text format. Gauges
are read from the database at each scrape, so they outlive a restart; counters and histograms begin with the process.
Labels hold no titles, paths or addresses, but for the names of libraries.
[deploy/grafana/plexsync.json](../deploy/grafana/plexsync.json) is a Grafana dashboard of these.

| metric | kind | what it tells | labels |
|---|---|---|---|
${METRIC_NAMES.map(row).join('\n')}

Buckets of the histograms, in seconds:

${METRIC_NAMES.flatMap(buckets).join('\n')}

Beside these are the usual ones of the process, \`process_*\` and \`nodejs_*\`: memory, CPU, event loop, open files.
`;

function row(name: MetricName): string {
  const { kind, help, labels }: MetricFacts = METRICS[name];
  const words = Object.entries(labels).map(([label, values]) => `\`${label}\`: ${values}`);
  return `| \`${name}\` | ${kind} | ${help} | ${words.join('<br>') || '–'} |`;
}

function buckets(name: MetricName): readonly string[] {
  const facts: MetricFacts = METRICS[name];
  return facts.buckets === undefined ? [] : [`- \`${name}\`: ${facts.buckets.join(', ')}`];
}
