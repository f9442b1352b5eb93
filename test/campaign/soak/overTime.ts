/** What was seen of a process that runs on and on, a look each. */
export interface Look {
  readonly seconds: number;
  readonly rssMiB: number;
  readonly openFiles: number;
  /** The database with its log. */
  readonly databaseMiB: number;
  readonly inboxFiles: number;
  readonly jobs: number;
}

type Figure = Exclude<keyof Look, 'seconds'>;

/** In the first half caches fill and the heap finds its size: of an hour it took three quarters. */
export const settledLooks = (looks: readonly Look[]): readonly Look[] =>
  looks.slice(Math.floor(looks.length / 2));

/** How much more an hour, by the line that lies closest to the looks (least squares). */
export function growthAnHour(looks: readonly Look[], figure: Figure): number {
  const hours = looks.map(({ seconds }) => seconds / 3_600);
  const values = looks.map((look) => look[figure]);
  const [meanHour, meanValue] = [mean(hours), mean(values)];
  const spread = hours.reduce((sum, hour) => sum + (hour - meanHour) ** 2, 0);
  if (spread === 0) return 0;
  const together = hours.reduce(
    (sum, hour, n) => sum + (hour - meanHour) * ((values[n] ?? 0) - meanValue),
    0,
  );
  return Math.round((together / spread) * 100) / 100;
}

export const most = (looks: readonly Look[], figure: Figure): number =>
  looks.reduce((so, look) => Math.max(so, look[figure]), 0);

export const series = (looks: readonly Look[]): Readonly<Record<keyof Look, readonly number[]>> => ({
  seconds: looks.map((look) => look.seconds),
  rssMiB: looks.map((look) => look.rssMiB),
  openFiles: looks.map((look) => look.openFiles),
  databaseMiB: looks.map((look) => look.databaseMiB),
  inboxFiles: looks.map((look) => look.inboxFiles),
  jobs: looks.map((look) => look.jobs),
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
