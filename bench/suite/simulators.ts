import type { Bytes } from '../../simulator/traffic.ts';
import { BenchProcess } from './benchProcess.ts';

/** What a simulator has counted since its start. */
export interface Counted {
  readonly requests: Readonly<Record<string, number>>;
  readonly bytes: Bytes;
}

/** An edit as it came to Plex. */
export interface SeenEdit {
  /** Epoch ms, with fractions. */
  readonly at: number;
  readonly query: Readonly<Record<string, string>>;
}

/** A simulator, a process of its own. */
export class Simulator {
  readonly url: string;
  readonly process: BenchProcess;

  constructor(url: string, process: BenchProcess) {
    this.url = url;
    this.process = process;
  }

  async counted(): Promise<Counted> {
    const requests = this.process.says(/^requests: (\{.*\})$/, 'stdout');
    this.process.signal('SIGUSR2');
    return {
      requests: JSON.parse(await requests),
      bytes: JSON.parse(await this.process.says(/^bytes: (\{.*\})$/, 'stdout')),
    };
  }

  onEdit(listener: (edit: SeenEdit) => void): void {
    this.process.onLine(/^edit: (\{.*\})$/, (line) => listener(JSON.parse(line)));
  }

  end(): Promise<void> {
    return this.process.end();
  }
}

export interface SimulatorOptions {
  readonly scenes: number;
  readonly plexToken: string;
  readonly plexLatencyMs: number;
  /** Whether `onEdit` is told; costs the simulator a line each. */
  readonly areEditsTold: boolean;
  /** Where hook.sh, which Stash runs for each change, leaves events; null: Stash runs no hook. */
  readonly inbox: string | null;
}

export interface Simulators {
  readonly stash: Simulator;
  readonly plex: Simulator;
  end(): Promise<void>;
}

/** Both, with the same files. */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const [plex, stash] = await Promise.all([startPlex(options), startStash(options)]);
  return { plex, stash, end: async () => void (await Promise.all([plex.end(), stash.end()])) };
}

async function startPlex(
  options: Pick<SimulatorOptions, 'scenes' | 'plexToken' | 'plexLatencyMs' | 'areEditsTold'>,
): Promise<Simulator> {
  const { scenes, plexToken, plexLatencyMs, areEditsTold } = options;
  const process = new BenchProcess([
    'simulator/plex/main.ts',
    ...['--port', '0'],
    ...['--items', String(scenes)],
    ...['--token', plexToken],
    ...['--latency', String(plexLatencyMs)],
    ...(areEditsTold ? ['--log-edits'] : []),
  ]);
  return new Simulator(await process.says(/ at (http:\S+),/, 'stdout'), process);
}

/** Alone where Plex has no part in what is measured. */
export async function startStash({
  scenes,
  inbox,
}: Pick<SimulatorOptions, 'scenes' | 'inbox'>): Promise<Simulator> {
  const hook = inbox === null ? [] : ['--hook', 'sh {pluginDir}/hook.sh hook'];
  const process = new BenchProcess(
    ['simulator/stash/main.ts', '--port', '0', '--items', String(scenes), ...hook],
    inbox === null ? {} : { PLEXSYNC_INBOX_DIR: inbox },
  );
  return new Simulator(await process.says(/ (http:\S+)\/graphql/, 'stdout'), process);
}
