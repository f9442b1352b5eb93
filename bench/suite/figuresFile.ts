import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { BenchmarkResult } from './benchmark.ts';

const figureSchema = v.strictObject({ median: v.number(), low: v.number(), high: v.number(), n: v.number() });

const resultSchema = v.strictObject({
  schema: v.literal(2),
  benchmark: v.string(),
  environment: v.strictObject({
    cpu: v.string(),
    cores: v.number(),
    memoryGiB: v.number(),
    os: v.string(),
    node: v.string(),
    commit: v.string(),
    date: v.string(),
  }),
  options: v.strictObject({
    isQuick: v.boolean(),
    rounds: v.nullable(v.number()),
    plexLatencyMs: v.nullable(v.number()),
    scenes: v.nullable(v.array(v.number())),
  }),
  seconds: v.number(),
  measures: v.array(
    v.strictObject({ name: v.string(), unit: v.picklist(['ms', 's', 'MiB', 'kB', '/s', '']) }),
  ),
  cases: v.array(
    v.strictObject({
      name: v.string(),
      figures: v.record(v.string(), v.nullable(figureSchema)),
      counts: v.record(v.string(), v.number()),
    }),
  ),
  notes: v.array(v.string()),
});

/** One file for each benchmark, so that each may be measured anew alone. */
export function writeFigures(folder: string, result: BenchmarkResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(pathOf(folder, result.benchmark), `${JSON.stringify(result, null, 2)}\n`);
}

/** Null: there is no such file. */
export function readFigures(folder: string, benchmark: string): BenchmarkResult | null {
  let text: string;
  try {
    text = readFileSync(pathOf(folder, benchmark), 'utf8');
  } catch {
    return null;
  }
  return v.parse(resultSchema, JSON.parse(text));
}

const pathOf = (folder: string, benchmark: string): string => path.join(folder, `${benchmark}.json`);
