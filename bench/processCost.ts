import { readFileSync, writeFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second; the same on every Linux that we meet. */
const TICKS_PER_SECOND = 100;

export interface ProcessCost {
  readonly cpuMs: number;
  /** The most it held since {@link forgetPeak}. */
  readonly peakRssMiB: number;
}

/** What the operating system says of a process; Linux only. */
export function processCost(pid: number): ProcessCost {
  // The name of the program stands in brackets and may hold anything.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = '0', system = '0'] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return {
    cpuMs: ((Number(user) + Number(system)) * 1000) / TICKS_PER_SECOND,
    peakRssMiB: Math.round(Number(peak) / 1024),
  };
}

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
