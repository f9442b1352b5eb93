import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, onTestFinished } from 'vitest';
import { packPlugin, writePlugin } from '../../scripts/packPlugin.ts';
import { readRelease } from '../../scripts/readRelease.ts';
import { type PlexSimulator, startPlexSimulator } from '../../simulator/plex/server.ts';
import { type SampleFile, sampleLibrary } from '../../simulator/sampleLibrary.ts';
import { askStash } from '../../simulator/stash/askStash.ts';
import { fillLibrary } from '../../simulator/stash/model/fillLibrary.ts';
import {
  type StashSimulator,
  type StashSimulatorOptions,
  startStashSimulator,
} from '../../simulator/stash/simulator.ts';
import type { Status } from '../../src/engine/operations.ts';
import { PLUGIN_ID } from '../../src/plugin/pluginId.ts';
import { eventually } from '../processes/eventually.ts';
import { PLEX_TOKEN } from '../processes/secrets.ts';
import { assumedPlex } from '../world/assumedPlex.ts';

/** Both simulators, with the plugin as it is released in Stash's plugins folder, on the real clock. */
export interface PluginWorld {
  readonly stash: StashSimulator;
  readonly plex: PlexSimulator;
  /** The plugin's folder, `plexsync/` in Stash's own folder, and the inbox in it. */
  readonly pluginDir: string;
  readonly dataDir: string;
  readonly inboxDir: string;
  /** A mutation as Stash's pages send it; returns when the hooks have run. */
  mutate(mutation: string, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** What the operation answers; throws its error. */
  operate(
    args: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<unknown>;
  status(headers?: Readonly<Record<string, string>>): Promise<Status>;
  /** Stores settings as Stash's page does: all of them at once. */
  configure(values: Readonly<Record<string, unknown>>): void;
  /** Settings that work, and a look at them. */
  setUp(more?: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** What Plex shows as the title of the nth file. */
  title(number: number): string | undefined;
  arrives(number: number, title: string): Promise<void>;
  /** Process id of the daemon that holds the data folder; null when none does. */
  daemon(): number | null;
  log(): string;
  /** The lines that Stash logged for the plugin. */
  said(): readonly string[];
}

export interface PluginWorldOptions {
  readonly files?: number;
  readonly stash?: Omit<StashSimulatorOptions, 'configDir' | 'env'>;
  readonly env?: Readonly<Record<string, string>>;
}

export async function openPluginWorld(options: PluginWorldOptions = {}): Promise<PluginWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-plugin-'));
  const pluginDir = path.join(folder, 'plugins', 'community', PLUGIN_ID);
  mkdirSync(path.dirname(pluginDir), { recursive: true });
  cpSync(await packedPlugin(), pluginDir, { recursive: true });
  const samples = sampleLibrary(options.files ?? 5);
  const stash = await startStashSimulator({
    ...options.stash,
    configDir: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PLEXSYNC_NODE: process.execPath,
      PLEXSYNC_LOG_LEVEL: 'debug',
      PLEXSYNC_FIRST_SYNC: 'run',
      ...options.env,
    },
  });
  fillLibrary(stash.library, samples);
  const plex = await startPlexSimulator({
    token: PLEX_TOKEN,
    switches: assumedPlex(),
    sections: [{ title: 'Movies', items: samples.map(itemOf) }],
  });
  const dataDir = path.join(folder, 'plexsync');
  const daemon = (): number | null => holderOf(dataDir);
  onTestFinished(async () => {
    const pid = daemon();
    if (pid !== null) killQuietly(pid);
    await Promise.all([plex.close(), stash.close()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const ask = async (query: string, headers?: Readonly<Record<string, string>>) => {
    const answer = await askStash(stash.url, { query }, headers === undefined ? {} : { headers });
    expect(answer.status).toBe(200);
    if (answer.errors[0] !== undefined) throw new Error(answer.errors[0].message);
    return answer.data;
  };
  const world: PluginWorld = {
    stash,
    plex,
    pluginDir,
    dataDir,
    inboxDir: path.join(dataDir, 'inbox'),
    mutate: async (mutation, headers) => void (await ask(`mutation { ${mutation} }`, headers)),
    operate: async (args, headers) => {
      const query = `mutation { runPluginOperation(plugin_id: "${PLUGIN_ID}", args: ${graphqlText(args)}) }`;
      return (await ask(query, headers))?.['runPluginOperation'];
    },
    configure: (values) => stash.plugins.settings.write(PLUGIN_ID, values),
    // The plugin passes on what the daemon answers: its own Status.
    status: async (headers) => (await world.operate({ operation: 'status' }, headers)) as Status,
    setUp: async (more = {}, headers) => {
      world.configure({ plex_url: plex.url, plex_token: PLEX_TOKEN, ...more });
      await world.status(headers);
    },
    title: (number) => titleOf(plex, samples[number - 1]),
    arrives: (number, title) => eventually(() => expect(world.title(number)).toBe(title)),
    daemon,
    log: () => readFileSync(path.join(dataDir, 'plexsync.log'), 'utf8'),
    said: () => stash.log.lines.map(({ level, text }) => `${level}: ${text}`),
  };
  return world;
}

let packed: Promise<string> | null = null;
afterAll(async () => {
  if (packed !== null) rmSync(path.dirname(await packed), { recursive: true, force: true });
});

/** Packed once a test file. */
function packedPlugin(): Promise<string> {
  packed ??= (async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-packed-'));
    await writePlugin(folder, await packPlugin(await readRelease()));
    return path.join(folder, PLUGIN_ID);
  })();
  return packed;
}

/** JSON, with bare keys. */
function graphqlText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(graphqlText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${graphqlText(each)}`)
    .join()}}`;
}

function holderOf(dataDir: string): number | null {
  const file = path.join(dataDir, 'daemon.json');
  if (!existsSync(file)) return null;
  const { pid } = JSON.parse(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const itemOf = (sample: SampleFile) => ({
  files: [{ path: sample.plexPath, size: sample.size, durationMs: sample.durationMs }],
});

function titleOf(plex: PlexSimulator, sample: SampleFile | undefined): string | undefined {
  const [key = ''] = sample === undefined ? [] : plex.library.ratingKeys({ path: sample.plexPath });
  return plex.library.read(key)?.title;
}
