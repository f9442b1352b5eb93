import { execFileSync } from 'node:child_process';
import { cpus, type as osType, release, totalmem } from 'node:os';
import path from 'node:path';
import type { Environment } from './benchmark.ts';

export function readEnvironment(now: Date): Environment {
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${osType()} ${release()}`,
    node: process.version,
    commit: readCommit(),
    date: now.toISOString().slice(0, 10),
  };
}

function readCommit(): string {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: path.join(import.meta.dirname, '../..'), encoding: 'utf8' }).trim();
  try {
    const commit = git('rev-parse', '--short', 'HEAD');
    // Figures of the benchmark before are no change of what is measured.
    const changed = git('status', '--porcelain', '-uno', '--', '.', ':!bench/figures', ':!docs');
    return changed === '' ? commit : `${commit}+`;
  } catch {
    return 'unknown';
  }
}
