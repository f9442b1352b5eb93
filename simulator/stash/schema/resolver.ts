import type { SceneOrders } from '../find/sceneOrders.ts';
import type { HookEvent } from '../hooks/pluginHooks.ts';
import type { Session } from '../http/sessions.ts';
import type { JobQueue } from '../jobs/jobQueue.ts';
import type { TaskRequest } from '../jobs/pluginTasks.ts';
import type { Library } from '../model/library.ts';
import type { OperationRequest } from '../plugins/pluginOperations.ts';
import type { Plugins } from '../plugins/plugins.ts';
import type { Switches } from '../switches.ts';

export type DatabaseState = 'ok' | 'busy' | 'needsMigration';

/** One GraphQL request, as its resolvers see it. */
export interface Call {
  readonly library: Library;
  readonly orders: SceneOrders;
  readonly switches: Switches;
  readonly session: Session;
  readonly baseUrl: string;
  readonly configDir: string;
  readonly libraryPaths: readonly string[];
  readonly database: DatabaseState;
  readonly plugins: Plugins;
  readonly jobs: JobQueue;
  now(): number;
  /** The id of the job. */
  queueTask(request: TaskRequest): number;
  /** What the plugin answers. */
  runOperation(request: OperationRequest): Promise<unknown>;
  /** Runs the hooks of an event; ends when they have ended. */
  fire(event: HookEvent): Promise<void>;
}

/** Throws what every field that needs the database fails with. */
export function requireDatabase({ database }: Call): void {
  if (database === 'busy') throw new Error('database is locked');
  if (database === 'needsMigration') throw new Error('database not initialized');
}

/** How a field is answered: from its parent, its arguments and the request. */
export type Resolver = (source: never, args: never, call: never) => unknown;
export type Resolvers = Readonly<Record<string, Resolver>>;
