import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GraphQLSchema } from 'graphql';
import {
  type ScanEvent,
  scanCopy,
  scanNewFile,
  scanRenamedFile,
  scanRenamedFolder,
} from './edit/scanning.ts';
import { Faults } from './faults.ts';
import { SceneOrders } from './find/sceneOrders.ts';
import { type HookEvent, type Plugin, PluginHooks } from './hooks/pluginHooks.ts';
import type { LogLine } from './hooks/stashLog.ts';
import { AccessCheck } from './http/access.ts';
import { answerGraphql, type GraphqlRequest, rootFields } from './http/graphqlAnswer.ts';
import { RequestLog } from './http/requestLog.ts';
import { NO_SESSION, Sessions } from './http/sessions.ts';
import { type Asker, StashServer } from './http/stashServer.ts';
import { Library, type NewFile } from './model/library.ts';
import type { SceneRow } from './model/rows.ts';
import { printServerTime } from './model/serverTime.ts';
import { makeStashSchema } from './schema/stashSchema.ts';
import { makeSwitches, type Switches } from './switches.ts';

export interface StashSimulatorOptions {
  /** Any free port when absent. */
  readonly port?: number;
  readonly plugins?: readonly Plugin[];
  /** What plugins find in their environment; that of this process when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Stash's own folder; a temporary one, removed at the end, when absent. */
  readonly configDir?: string;
  /** The folders that Stash scans. */
  readonly libraryPaths?: readonly string[];
  readonly switches?: Partial<Switches>;
  readonly clock?: () => number;
  readonly onLogLine?: (line: LogLine) => void;
}

export interface StashSimulator {
  readonly url: string;
  readonly port: number;
  readonly configDir: string;
  readonly library: Library;
  readonly scan: Scan;
  readonly faults: Faults;
  readonly switches: Switches;
  readonly log: RequestLog;
  /** Nobody listens any more, and what was under way is cut, hooks included. What Stash knows stays. */
  goDown(): Promise<void>;
  /** On the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** What a scan finds, with the hooks that Stash runs for it; nobody waits on the other end. */
export interface Scan {
  newFile(file: NewFile): Promise<SceneRow>;
  copyOf(scene: SceneRow, path: string): Promise<void>;
  renamedFile(scene: SceneRow, path: string): Promise<void>;
  renamedFolder(from: string, to: string): void;
}

/** A Stash over real HTTP, with its traps; see `main.ts` for what it can be told to do. */
export async function startStashSimulator(options: StashSimulatorOptions = {}): Promise<StashSimulator> {
  const now = options.clock ?? Date.now;
  const switches = makeSwitches(options.switches ?? {});
  const configDir = options.configDir ?? mkdtempSync(path.join(tmpdir(), 'stash-'));
  const libraryPaths = options.libraryPaths ?? ['/data'];
  const library = new Library(() => printServerTime(now(), switches.zone));
  const orders = new SceneOrders(library);
  const faults = new Faults();
  const log = new RequestLog(options.onLogLine ?? (() => undefined));
  const sessions = new Sessions({ now, maxAgeSeconds: () => switches.sessionSeconds });
  const env = options.env ?? process.env;
  let port = options.port ?? 0;
  const hooks = new PluginHooks({
    plugins: options.plugins ?? [],
    configDir,
    env,
    sessions,
    log,
    port: () => port,
  });
  const schema = schemaFor(switches);

  const answer = (request: GraphqlRequest, asker: Asker) => {
    const world = { library, orders, switches, configDir, libraryPaths };
    const call = { ...world, ...asker, fire: (event: HookEvent) => hooks.fire(event, asker) };
    return answerGraphql(request, { schema: schema(), call });
  };
  const access = new AccessCheck({ switches, sessions });
  const makeServer = () =>
    new StashServer({
      switches,
      faults,
      access,
      sessions,
      log,
      rootFields: (query) => rootFields(query, schema()),
      answer,
    });

  let server = makeServer();
  port = await server.listen(port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    configDir,
    library,
    scan: makeScan(library, hooks),
    faults,
    switches,
    log,
    goDown: () => server.close(),
    comeBack: async () => {
      server = makeServer();
      await server.listen(port);
    },
    close: async () => {
      await server.close();
      if (options.configDir === undefined) rmSync(configDir, { recursive: true, force: true });
    },
  };
}

/** Each is made when first needed; the older one seldom is. */
function schemaFor(switches: Switches): () => GraphQLSchema {
  const made = new Map<boolean, GraphQLSchema>();
  return () => {
    const schema = made.get(switches.olderStash) ?? makeStashSchema({ isOlder: switches.olderStash });
    made.set(switches.olderStash, schema);
    return schema;
  };
}

function makeScan(library: Library, hooks: PluginHooks): Scan {
  const fire = ({ sceneId, type }: ScanEvent): Promise<void> => {
    const nobody = { session: NO_SESSION, signal: new AbortController().signal };
    return hooks.fire({ id: sceneId, type, input: null }, nobody);
  };
  return {
    newFile: async (file) => {
      const event = scanNewFile(library, file);
      await fire(event);
      const scene = library.scenes.get(event.sceneId);
      if (scene === undefined) throw new Error(`scene ${event.sceneId} was removed by a hook`);
      return scene;
    },
    copyOf: (scene, copyPath) => fire(scanCopy(library, { scene, path: copyPath })),
    renamedFile: (scene, newPath) => fire(scanRenamedFile(library, { scene, path: newPath })),
    renamedFolder: (from, to) => scanRenamedFolder(library, { from, to }),
  };
}
