/**
 * `npm run bench`: all benchmarks, or those that are named. Both simulators and the daemon are processes of their own;
 * CPU and memory are told by the operating system, requests and bytes by the simulators. Linux only, for /proc.
 */
import { Command, InvalidArgumentError } from 'commander';
import { BENCHMARKS } from './benchmarks.ts';
import type { Benchmark, BenchmarkResult, BenchOptions, MeasuredCase } from './suite/benchmark.ts';
import { readEnvironment } from './suite/environment.ts';
import { writeFigures } from './suite/figuresFile.ts';
import { asText } from './suite/table.ts';

interface Flags {
  readonly quick: boolean;
  readonly rounds?: number;
  readonly plexLatency?: number;
  readonly scenes?: readonly number[];
  readonly out?: string;
  readonly json: boolean;
}

const program = new Command('bench')
  .description('Measures PlexSync against simulated servers, and counts what it asks of them.')
  .argument('[benchmark...]', 'those to run; all when none is named')
  .option('--quick', 'to see that it works: small and few; its seconds say nothing', false)
  .option('--rounds <count>', 'how often what is short is measured', wholeNumber)
  .option('--plex-latency <ms>', 'added by the simulated Plex to each answer', wholeNumber)
  .option('--scenes <counts>', 'sizes of the library, separated by commas', (text) =>
    text.split(',').map(wholeNumber),
  )
  .option(
    '--out <folder>',
    'write a file of figures there for each benchmark; docs/performance.md shows those in bench/figures',
  )
  .option('--json', 'print one JSON document', false)
  .addHelpText('after', () =>
    ['', 'Benchmarks:', ...BENCHMARKS.map(({ name, words }) => `  ${name.padEnd(12)}${words}`)].join('\n'),
  )
  .action(run);

async function run(names: readonly string[], flags: Flags): Promise<void> {
  const unknown = names.filter((name) => !BENCHMARKS.some((each) => each.name === name));
  if (unknown.length > 0) program.error(`there is no benchmark ${unknown.join(', ')}`);
  const chosen = names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
  const results: BenchmarkResult[] = [];
  for (const benchmark of chosen) {
    const result = await measure(benchmark, flags);
    results.push(result);
    if (!flags.json) console.log(`\n${benchmark.name}: ${benchmark.words}\n\n${asText(result)}\n`);
    // One that was left out keeps the figures that it had.
    if (flags.out !== undefined && result.cases.length > 0) writeFigures(flags.out, result);
  }
  if (flags.json) console.log(JSON.stringify(results, null, 2));
}

async function measure(benchmark: Benchmark, flags: Flags): Promise<BenchmarkResult> {
  const options: BenchOptions = {
    isQuick: flags.quick,
    rounds: flags.rounds ?? null,
    plexLatencyMs: flags.plexLatency ?? null,
    scenes: flags.scenes ?? null,
  };
  const environment = readEnvironment(new Date());
  const startedAt = performance.now();
  const cases: MeasuredCase[] = [];
  const notes: string[] = [];
  for await (const finding of benchmark.run(options)) {
    if (finding.kind === 'note') notes.push(finding.text);
    else cases.push(finding.case);
    // Where the table goes no line of progress may stand.
    if (finding.kind === 'case') console.error(`${benchmark.name}: ${finding.case.name}`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { name, measures } = benchmark;
  return { schema: 2, benchmark: name, environment, options, seconds, measures, cases, notes };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number, please');
  return Number(text);
}

await program.parseAsync();
