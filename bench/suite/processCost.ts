import { readFileSync, writeFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second; the same on every Linux that we meet. */
const TICKS_PER_SECOND = 100;

export interface ProcessCost {
  readonly cpuMs: number;
  /** Of the processes that it started and that have ended, and theirs. */
  readonly childrenCpuMs: number;
  readonly rssMiB: number;
  /** The most it held since {@link forgetPeak}. */
  readonly peakRssMiB: number;
}

/** What the operating system says of a process; Linux only. */
export function processCost(pid: number | 'self'): ProcessCost {
  // The name of the program stands in brackets and may hold anything.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const ticks = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = ticks;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (field: string): number =>
    Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return {
    cpuMs: inMs(user + system),
    childrenCpuMs: inMs(childrenUser + childrenSystem),
    rssMiB: mib('VmRSS'),
    peakRssMiB: mib('VmHWM'),
  };
}

const inMs = (ticks: number): number => (ticks * 1000) / TICKS_PER_SECOND;

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
