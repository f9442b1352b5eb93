import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
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
import { EventStream } from './events/eventStream.ts';
import { SubscriptionSockets } from './events/subscriptionSockets.ts';
import { Faults } from './faults.ts';
import { SceneOrders } from './find/sceneOrders.ts';
import type { HookEvent, PluginHooks } from './hooks/pluginHooks.ts';
import { type Access, AccessCheck } from './http/access.ts';
import { answerGraphql, type GraphqlRequest, rootFields } from './http/graphqlAnswer.ts';
import { urlOf } from './http/listening.ts';
import { RequestLog } from './http/requestLog.ts';
import { type Session, Sessions } from './http/sessions.ts';
import { type Asker, StashServer } from './http/stashServer.ts';
import type { JobQueue } from './jobs/jobQueue.ts';
import type { TaskRequest } from './jobs/pluginTasks.ts';
import { Library, type NewFile } from './model/library.ts';
import type { SceneRow } from './model/rows.ts';
import { printServerTime } from './model/serverTime.ts';
import { makePluginRuntime, type PluginRuntime } from './pluginRuntime.ts';
import type { Plugin } from './plugins/plugin.ts';
import type { OperationRequest } from './plugins/pluginOperations.ts';
import type { Plugins } from './plugins/plugins.ts';
import type { LogLine } from './plugins/stashLog.ts';
import { makeStashSchema } from './schema/stashSchema.ts';
import { makeSwitches, type Switches } from './switches.ts';

export interface StashSimulatorOptions {
  /** Any free port when absent. */
  readonly port?: number;
  /** What it binds to, as plugins are told: `127.0.0.1` when absent. It listens on loopback alone. */
  readonly host?: string;
  /** HTTPS, with a certificate that signs itself. */
  readonly isSecure?: boolean;
  readonly plugins?: readonly Plugin[];
  /** Folders with manifests, beside `plugins` in `configDir`, which is always looked into. */
  readonly pluginFolders?: readonly string[];
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
  readonly plugins: Plugins;
  readonly jobs: JobQueue;
  readonly scan: Scan;
  readonly sockets: SubscriptionSockets;
  readonly faults: Faults;
  readonly switches: Switches;
  readonly log: RequestLog;
  /**
   * Nobody listens any more, and what was under way is cut, hooks included. Jobs are forgotten, and the task
   * that ran goes on with nobody at the other end. What Stash has on disk stays.
   */
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
  /** A scan or a clean has ended: whoever subscribed is told. */
  complete(): void;
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
  const binding = { host: options.host ?? '127.0.0.1', isSecure: options.isSecure ?? false };
  let port = options.port ?? 0;
  const runtime = makePluginRuntime({
    given: options.plugins ?? [],
    folders: [path.join(configDir, 'plugins'), ...(options.pluginFolders ?? [])],
    place: { configDir, env: options.env ?? process.env },
    sessions,
    log,
    now,
    address: () => ({ scheme: binding.isSecure ? 'https' : 'http', host: binding.host, port }),
  });
  const { plugins, jobs, hooks } = runtime;
  const schema = schemaFor(switches);

  const answer = (request: GraphqlRequest, asker: Asker) => {
    const world = { library, orders, switches, configDir, libraryPaths, plugins, jobs, now };
    return answerGraphql(request, {
      schema: schema(),
      call: { ...world, ...asker, ...acting(runtime, asker) },
    });
  };
  const access = new AccessCheck({ switches, sessions });
  const { scans, sockets } = makeSubscriptions({ jobs, schema, access });
  const makeServer = () =>
    new StashServer({
      sockets,
      switches,
      faults,
      access,
      sessions,
      log,
      binding,
      now,
      rootFields: (query) => rootFields(query, schema()),
      answer,
      coverOf: (id) => {
        const scene = library.scenes.get(id);
        return scene && library.coverOf(scene);
      },
    });

  let server = makeServer();
  port = await server.listen(port);
  return {
    url: urlOf(binding, port),
    port,
    configDir,
    library,
    plugins,
    jobs,
    scan: makeScan({ library, hooks, scans, starter: () => access.signedIn() }),
    sockets,
    faults,
    switches,
    log,
    goDown: async () => {
      jobs.lose();
      await server.close();
    },
    comeBack: async () => {
      server = makeServer();
      await server.listen(port);
    },
    close: async () => {
      jobs.stopAll();
      await Promise.all([jobs.idle(), server.close()]);
      if (options.configDir === undefined) rmSync(configDir, { recursive: true, force: true });
    },
  };
}

/** How a WebSocket is refused, by what is known of whoever asks. */
const REFUSALS = { open: null, 'sign-in': 401, refused: 401, exposed: 403 } as const satisfies Record<
  Access['kind'],
  number | null
>;

function makeSubscriptions(parts: { jobs: JobQueue; schema: () => GraphQLSchema; access: AccessCheck }) {
  const { jobs, schema, access } = parts;
  const scans = new EventStream<true>();
  const refusalOf = (request: IncomingMessage) => REFUSALS[access.judge(request).kind];
  return { scans, sockets: new SubscriptionSockets({ jobs: jobs.updates, scans, schema, refusalOf }) };
}

/** What a request may set off, in the name of whoever asks. */
function acting({ hooks, tasks, operations }: PluginRuntime, asker: Asker) {
  return {
    fire: (event: HookEvent) => hooks.fire(event, asker),
    queueTask: (request: TaskRequest) => tasks.queue(request, asker.session),
    runOperation: (request: OperationRequest) => operations.run(request, asker),
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

function makeScan({
  library,
  hooks,
  scans,
  starter,
}: {
  library: Library;
  hooks: PluginHooks;
  scans: EventStream<true>;
  /** Whoever started the scan; its hooks act in their name. */
  starter: () => Session;
}): Scan {
  const fire = ({ sceneId, type }: ScanEvent): Promise<void> => {
    const caller = { session: starter(), signal: new AbortController().signal };
    return hooks.fire({ id: sceneId, type, input: null }, caller);
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
    complete: () => scans.emit(true),
  };
}
