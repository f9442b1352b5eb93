import { BENCHMARKS } from '../bench/benchmarks.ts';
import type { BenchmarkResult, Environment } from '../bench/suite/benchmark.ts';
import { readFigures } from '../bench/suite/figuresFile.ts';
import { asMarkdown } from '../bench/suite/table.ts';

/**
 * docs/performance.md is written by hand but for what stands between a pair of marks for each benchmark: that comes
 * from the figures that `npm run bench -- --out bench/figures` left.
 */
export function performanceDocument(found: string): string {
  return BENCHMARKS.reduce((text, { name }) => {
    const [begin, end] = [`<!-- figures of ${name} -->`, `<!-- end of ${name} -->`];
    const [before, rest] = cutAt(text, begin);
    const [, after] = cutAt(rest, end);
    return `${before}${begin}\n\n${figuresOf(name)}\n\n${end}${after}`;
  }, found);
}

function cutAt(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`docs/performance.md has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function figuresOf(name: string): string {
  const result = readFigures('bench/figures', name);
  if (result === null) return `Not measured yet: \`npm run bench -- ${name} --out bench/figures\`.`;
  if (result.options.isQuick) throw new Error(`bench/figures/${name}.json was measured with --quick`);
  return `${asMarkdown(result)}\n\n${provenance(result)}`;
}

function provenance({ environment, options, seconds }: BenchmarkResult): string {
  const { cores, memoryGiB, cpu, os, node, commit, date }: Environment = environment;
  const given = [
    options.rounds === null ? '' : `${options.rounds} rounds`,
    options.plexLatencyMs === null ? '' : `Plex latency ${options.plexLatencyMs} ms`,
  ].filter((each) => each !== '');
  const machine = `${cores} cores (${cpu}), ${memoryGiB} GiB, ${os}, Node ${node}`;
  return `<sub>${[machine, `commit ${commit}, ${date}`, ...given, `took ${seconds} s`].join(' · ')}</sub>`;
}
