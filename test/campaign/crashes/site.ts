import path from 'node:path';
import type { CrashStep } from '../../../src/engine/crashStep.ts';
import type { Operations } from '../../../src/engine/operations.ts';
import { controlAddress } from '../../../src/server/controlAddress.ts';
import { connectControl } from '../../../src/server/controlClient.ts';
import { eventually } from '../../processes/eventually.ts';
import { type NodeProcess, spawnNode } from '../../processes/nodeProcess.ts';
import { SECRETS } from '../../processes/secrets.ts';
import { numbersTo, type RunningServers, startBothServers } from '../../processes/startBothServers.ts';
import { leaksOf } from '../leaks.ts';
import { type Demand, notArrived } from './arrival.ts';
import type { Bundles } from './bundles.ts';
import type { Ledger } from './ledger.ts';
import { problemsOfDatabase } from './readDatabase.ts';
import { RepeatedWrites } from './repeatedWrites.ts';

export interface SiteRequest {
  readonly files: number;
  readonly bundles: Bundles;
  readonly ledger: Ledger;
  readonly env?: Readonly<Record<string, string>>;
  readonly demand: Demand;
}

export interface KillableOptions {
  readonly at?: CrashStep;
  readonly passes?: number;
  readonly clockFile?: string;
}

const ARRIVES_WITHIN_MS = 60_000;

/** Both servers, a data folder, and the daemons that live and die on it. */
export class Site {
  readonly servers: RunningServers;
  readonly numbers: readonly number[];
  readonly #request: SiteRequest;
  readonly #writes = new RepeatedWrites();

  private constructor(servers: RunningServers, request: SiteRequest) {
    this.servers = servers;
    this.#request = request;
    this.numbers = numbersTo(request.files);
  }

  static async open(request: SiteRequest): Promise<Site> {
    const { files } = request;
    const env = { PLEXSYNC_POLL_INTERVAL: '1', PLEXSYNC_PATH_MAP: '/data=>/media', ...request.env };
    const servers = await startBothServers({ files, doCoversChange: true, env });
    for (const number of numbersTo(files)) {
      servers.stash.library.editScene(servers.scene(number), { title: `Scene ${number}` });
    }
    return new Site(servers, request);
  }

  get dataDir(): string {
    return this.servers.dataDir;
  }

  close(): Promise<void> {
    // All that its many processes have left; what each said was looked at when it ended.
    for (const leak of leaksOf(this.servers, null)) this.broke('at the end', leak);
    return this.servers.close();
  }

  /** From now on nothing but what hooks tell and the database keeps may bring an edit. */
  blind(): void {
    for (const matching of ['{ scenes { id updated_at', 'PlexSyncNewest']) {
      this.servers.stash.faults.add({ fault: 'busy', matching });
    }
  }

  see(): void {
    this.servers.stash.faults.clear();
  }

  /** What users run. */
  command(...args: readonly string[]): NodeProcess {
    return this.#spawn(this.#request.bundles.plexsync, args, {});
  }

  async daemon(): Promise<NodeProcess> {
    const daemon = this.command('serve');
    await runs(daemon);
    return daemon;
  }

  /** One that kills itself at a step, or has a clock of its own. */
  killable({ at, passes = 0, clockFile }: KillableOptions): NodeProcess {
    return this.#spawn(this.#request.bundles.killable, [], {
      CRASH_STEP: at,
      CRASH_PASSES: String(passes),
      CRASH_MARKER: path.join(this.servers.folder, 'reached'),
      CLOCK_FILE: clockFile,
    });
  }

  /** Looked at as the kill has left it. */
  async kill(daemon: NodeProcess, step: string): Promise<void> {
    daemon.signal('SIGKILL');
    await daemon.ended;
    this.afterEnd(daemon, step);
  }

  afterEnd({ stdout, stderr }: NodeProcess, step: string): void {
    const said = stdout + stderr;
    for (const secret of SECRETS) if (said.includes(secret)) this.broke(step, 'a process has said a secret');
    for (const line of said.split('\n').filter((each) => /unexpected|uncaught/i.test(each))) {
      this.broke(step, `a process has said ${line}`);
    }
    this.examine(step);
  }

  /** While no daemon runs. */
  examine(step: string): void {
    for (const problem of problemsOfDatabase(this.dataDir)) {
      this.broke(step, `the database is damaged: ${problem}`);
    }
    this.#request.ledger.count('databases examined');
  }

  /**
   * A daemon is started, if none is given; all that Stash has arrives in Plex, nothing of it twice, and nothing is left
   * to do. Returns the daemon, which goes on.
   */
  async settle(step: string, running?: NodeProcess): Promise<NodeProcess> {
    const daemon = running ?? (await this.daemon());
    const startedAt = performance.now();
    await this.arrived().catch((error: Error) =>
      this.broke(step, `what was accepted did not arrive: ${error.message}`),
    );
    await this.hasNothingToDo(step);
    const { ledger } = this.#request;
    ledger.count('settled');
    ledger.peak('longest until all had arrived (ms)', Math.round(performance.now() - startedAt));
    this.#lookAtPlex(step);
    return daemon;
  }

  /** Throws when that takes too long. */
  async arrived(): Promise<void> {
    await eventually(
      () => {
        const [first, ...others] = notArrived(this.servers, this.numbers, this.#request.demand);
        if (first !== undefined) throw new Error(`${first} and ${others.length} more`);
      },
      { withinMs: ARRIVES_WITHIN_MS },
    );
  }

  /** An end in order; then the data folder is looked at. */
  async end(daemon: NodeProcess, step: string): Promise<void> {
    daemon.signal('SIGTERM');
    const { code, signal } = await daemon.ended;
    if (code !== 0) this.broke(step, `the daemon ended with ${code ?? signal}: ${lastLine(daemon.stderr)}`);
    this.afterEnd(daemon, step);
  }

  /** What the daemon that runs can be asked. */
  operations(): Promise<Operations> {
    return eventually(async () => {
      const connected = await connectControl(controlAddress(this.dataDir));
      if (!connected.ok) throw new Error(connected.failure.message);
      return connected.value;
    });
  }

  broke(step: string, words: string): void {
    this.#request.ledger.broke(`${step}: ${words}`);
  }

  async hasNothingToDo(step: string): Promise<void> {
    const operations = await this.operations();
    await eventually(async () => {
      const { queue, openUndos } = await operations.status();
      const { pending, running, waiting, dead } = queue;
      const left = { pending, running, waiting, dead, openUndos };
      if (Object.values(left).some((count) => count > 0)) throw new Error(JSON.stringify(left));
    }).catch((error: Error) => this.broke(step, `something is left to do: ${error.message}`));
    const entries = await operations.history({ limit: 1_000 });
    const open = entries.filter(({ state }) => state === 'sent');
    if (open.length > 0) this.broke(step, `${open.length} writes of the journal are still open`);
  }

  #lookAtPlex(step: string): void {
    const { log } = this.servers.plex;
    const { ledger } = this.#request;
    try {
      log.assertHarmless();
    } catch (error) {
      this.broke(step, error instanceof Error ? error.message : String(error));
    }
    const repeated = this.#writes.among(log.requests);
    ledger.count('writes to Plex', log.counts().edits + log.counts().images);
    ledger.count('writes sent again', repeated.length);
    // By the name in the journal an image is known to be there; Plex keeps one of two that are alike (plex reference §3.6).
    const isForgotten = (write: string): boolean =>
      this.#request.demand === 'complete' && write.startsWith('POST');
    for (const write of repeated.filter((each) => !isForgotten(each)))
      this.broke(step, `sent twice: ${write}`);
    log.clear();
  }

  #spawn(script: string, args: readonly string[], env: NodeJS.ProcessEnv): NodeProcess {
    return spawnNode([script, ...args], { env: { ...this.servers.env, ...env }, cwd: this.servers.folder });
  }
}

export async function runs(daemon: NodeProcess): Promise<void> {
  await daemon.hasSaid('"PlexSync runs"');
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
