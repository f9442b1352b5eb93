import type { User } from './api.ts';
import { type Clock, realClock } from './clock.ts';
import { Faults } from './faults.ts';
import { FrontDoor } from './frontDoor.ts';
import type { SectionInput } from './library.ts';
import { LibraryAccess } from './libraryAccess.ts';
import type { Notifications } from './notifications.ts';
import { makePlexServer } from './plexServer.ts';
import { type LoggedRequest, RequestLog } from './requestLog.ts';
import { defaultSwitches, type Switches } from './switches.ts';

export interface PlexSimulatorOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** The owner's. */
  readonly token?: string;
  /** Of a user who may read, not edit. */
  readonly guestToken?: string;
  readonly sections?: readonly SectionInput[];
  readonly switches?: Partial<Switches>;
  readonly clock?: Clock;
  /** Of every answer. */
  readonly latencyMs?: number;
  /** As behind a proxy: `/plex`. */
  readonly basePath?: string;
  readonly machineIdentifier?: string;
  readonly version?: string;
  /** How long it answers 503 after the start. */
  readonly maintenanceMs?: number;
  /** Each as it comes. */
  readonly onRequest?: (request: LoggedRequest) => void;
}

export interface PlexSimulator {
  /** With the base path, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly library: LibraryAccess;
  /** May be turned while it runs. */
  readonly switches: Switches;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly notifications: Notifications;
  /** Connections are refused, open ones and websockets reset. */
  goDown(): Promise<void>;
  /** On the same port; for `maintenanceMs` everything is 503. */
  comeBack(options?: { readonly maintenanceMs?: number }): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const OWNER: User = { id: 1, isOwner: true };
const GUEST: User = { id: 2, isOwner: false };

export async function startPlexSimulator(options: PlexSimulatorOptions = {}): Promise<PlexSimulator> {
  const clock = options.clock ?? realClock();
  const switches = { ...defaultSwitches(), ...options.switches };
  const identity = {
    machineIdentifier: options.machineIdentifier ?? 'f00dcafe5e7cafe0f00dcafe5e7cafe0f00dcafe',
    version: options.version ?? '1.43.5.10000-simulator',
    friendlyName: 'Simulator',
  };
  const plex = makePlexServer(identity, switches, clock);
  const token = options.token ?? 'simulator-token';
  plex.users.set(token, OWNER);
  if (options.guestToken !== undefined) plex.users.set(options.guestToken, GUEST);
  for (const section of options.sections ?? []) plex.library.addSection(section);
  const [faults, log, basePath] = [new Faults(), new RequestLog(options.onRequest), options.basePath ?? ''];
  const door = new FrontDoor({
    plex,
    switches,
    clock,
    faults,
    log,
    basePath,
    latencyMs: options.latencyMs ?? 0,
  });
  door.maintainFor(options.maintenanceMs ?? 0);
  await door.open(options.port ?? 0);
  return {
    url: `http://${HOST}:${door.port}${basePath}`,
    port: door.port,
    token,
    library: new LibraryAccess(plex, switches, clock),
    switches,
    faults,
    log,
    notifications: plex.notifications,
    goDown: () => door.shut(),
    comeBack: async ({ maintenanceMs = 0 } = {}) => {
      door.maintainFor(maintenanceMs);
      await door.open(door.port);
    },
    close: async () => {
      clock.stop();
      await door.shut();
    },
  };
}
