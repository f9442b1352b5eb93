import uPlot from 'uplot';
import type { ChartData } from '../parts/chart.ts';

const HEIGHT = 170;
const DAY_S = 86_400;

const drawn = new WeakMap<Element, uPlot>();

/** Draws each chart, or puts what is new into it; the rest of the page says the same in words. */
export function showCharts(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>('figure[data-series]')) {
    const plot = figure.querySelector<HTMLElement>('.plot');
    const data = dataOf(figure);
    if (plot === null || data === null) continue;
    const known = drawn.get(plot);
    if (known === undefined || known.series.length !== data.series.length + 1) draw(figure, plot, data);
    else known.setData(alignedData(data));
  }
}

/** Ours, and yet a page of another version may be open while the daemon is replaced. */
function dataOf(figure: HTMLElement): ChartData | null {
  try {
    return JSON.parse(figure.dataset['series'] ?? '') as ChartData;
  } catch {
    return null;
  }
}

const alignedData = ({ at, series }: ChartData): uPlot.AlignedData => [
  [...at],
  ...series.map(({ values }) => [...values]),
];

function draw(figure: HTMLElement, plot: HTMLElement, data: ChartData): void {
  drawn.get(plot)?.destroy();
  const reading = document.createElement('p');
  reading.className = 'reading';
  plot.replaceChildren(reading);
  // A canvas knows no custom properties: what they come to shows in the legend.
  const colourOf = (index: number) => (): string => {
    const swatch = figure.querySelector(`.series-${index + 1}`);
    return swatch === null ? 'grey' : getComputedStyle(swatch).color;
  };
  const quiet = (): string => getComputedStyle(plot).color;
  const line = (): string => getComputedStyle(plot).borderTopColor;
  const axis = {
    stroke: quiet,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    font: '12px system-ui',
  };
  const chart = new uPlot(
    {
      width: plot.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
      axes: [
        { ...axis, size: 28, space: 70, values: (_, at) => timeLabels(at) },
        { ...axis, size: 48, space: 34, values: (_, values) => values.map((value) => String(value)) },
      ],
      series: [
        {},
        ...data.series.map(({ name }, index) => ({
          label: name,
          stroke: colourOf(index),
          width: 2,
          ...(index === 0 ? {} : { dash: index === 1 ? [7, 4] : [2, 3] }),
          points: { show: true, size: 6, width: 1, fill: colourOf(index), filter: lonelyPoints },
        })),
      ],
      hooks: { setCursor: [(self) => showReading(self, reading, figure)] },
    },
    alignedData(data),
    plot,
  );
  drawn.set(plot, chart);
  new ResizeObserver(() => chart.setSize({ width: plot.clientWidth, height: HEIGHT })).observe(plot);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart.redraw());
}

/** A line needs two: what stands alone between times without any would not be seen. */
function lonelyPoints(self: uPlot, series: number): number[] {
  const values = self.data[series] ?? [];
  const isMissing = (index: number): boolean => (values[index] ?? null) === null;
  return Array.from(values, (_, index) => index).filter(
    (index) => !isMissing(index) && isMissing(index - 1) && isMissing(index + 1),
  );
}

/** `14:05 · Scenes 3 · Fields and images 12`, of where the pointer is. */
function showReading({ cursor: { idx } }: uPlot, reading: HTMLElement, figure: HTMLElement): void {
  const data = dataOf(figure);
  const at = idx === null || idx === undefined ? undefined : data?.at[idx];
  if (data === null || at === undefined) {
    reading.textContent = '';
    return;
  }
  const values = data.series.map(({ name, values: of }) => `${name} ${of[idx ?? 0] ?? '–'}`);
  reading.textContent = [READING.format(at * 1000), ...values].join(' · ') + ` (${data.unit})`;
}

const READING = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });

/** The clock, or the day where labels are as far apart as that. */
function timeLabels(at: readonly number[]): string[] {
  const [first = 0, second = first] = at;
  const format = second - first >= DAY_S ? DAY : TIME;
  return at.map((each) => format.format(each * 1000));
}
