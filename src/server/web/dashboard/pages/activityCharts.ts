import {
  type Activity,
  type Bucket,
  minutesOf,
  NO_DEEDS,
  plusDeeds,
  SPAN_NAMES,
  SPANS,
  type Span,
  seriesOf,
} from '../../../../core/activity/activity.ts';
import { percentileMs } from '../../../../core/activity/latency.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import type { Chart } from '../parts/chart.ts';

export const readSpan = (text: string | undefined): Span =>
  SPAN_NAMES.find((span) => span === text) ?? 'hour';

/** Throughput, latency and requests, as of now. */
export function activityCharts(activity: Activity, span: Span, now: number): readonly Chart[] {
  const buckets = seriesOf(activity, span, now);
  const { words } = SPANS[span];
  const sum = buckets.reduce(plusDeeds, NO_DEEDS);
  const at = buckets.map((bucket) => bucket.at);
  const rate = (of: 'scenes' | 'fields' | 'plexRequests' | 'stashRequests' | 'unanswered') =>
    buckets.map((bucket) => rounded(bucket[of] / minutesOf(bucket.at, span, now)));
  const seconds = (percent: number) => buckets.map((bucket) => secondsOf(bucket, percent));
  const inSpan = `In the ${words}`;
  return [
    {
      id: 'throughput',
      title: 'Writes',
      unit: 'a minute',
      at,
      series: [
        { name: 'Scenes', values: rate('scenes') },
        { name: 'Fields and images', values: rate('fields') },
      ],
      summary:
        sum.scenes + sum.fields === 0
          ? `${inSpan} nothing was written.`
          : `${inSpan}: ${counted(sum.scenes, 'scene')} brought in step; fields and images written: ${sum.fields}.`,
    },
    {
      id: 'latency',
      title: 'From an edit to where Plex shows it',
      unit: 's',
      at,
      series: [
        { name: 'Half within', values: seconds(50) },
        { name: '95 % within', values: seconds(95) },
      ],
      summary: latencyWords(inSpan, sum),
    },
    {
      id: 'requests',
      title: 'Requests',
      unit: 'a minute',
      at,
      series: [
        { name: 'To Plex', values: rate('plexRequests') },
        { name: 'To Stash', values: rate('stashRequests') },
        { name: 'Without an answer', values: rate('unanswered') },
      ],
      summary: `${inSpan}: ${sum.plexRequests} to Plex, ${sum.stashRequests} to Stash, ${
        sum.unanswered === 0 ? 'all answered' : `${sum.unanswered} without an answer`
      }.`,
    },
  ];
}

function latencyWords(inSpan: string, { latencies }: Pick<Bucket, 'latencies'>): string {
  const [half, most] = [50, 95].map((percent) => percentileMs(latencies, percent));
  return half === null || half === undefined || most === null || most === undefined
    ? `${inSpan} no edit was waited for.`
    : `${inSpan}: half of the edits within ${secondsText(half)}, 95 % within ${secondsText(most)}.`;
}

function secondsOf({ latencies }: Bucket, percent: number): number | null {
  const ms = percentileMs(latencies, percent);
  return ms === null ? null : rounded(ms / 1000);
}

const rounded = (value: number): number => Number(value.toPrecision(3));
const secondsText = (ms: number): string => `${Number((ms / 1000).toPrecision(2))} s`;
