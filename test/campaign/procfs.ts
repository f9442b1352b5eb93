import { readdirSync, readFileSync, statSync } from 'node:fs';

export interface ProcessSize {
  readonly rssMiB: number;
  /** The most that it ever held. */
  readonly peakRssMiB: number;
  readonly openFiles: number;
}

/** What the operating system says of a process; null where it does not tell (anything but Linux). */
export function processSize(pid: number): ProcessSize | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mebibytes = (name: string): number => {
      const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? '0';
      return Math.round((Number(kibibytes) / 1024) * 10) / 10;
    };
    return {
      rssMiB: mebibytes('VmRSS'),
      peakRssMiB: mebibytes('VmHWM'),
      openFiles: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Of files that may not be there yet. */
export const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
