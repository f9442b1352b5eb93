import { Agent, refreshRoutes } from './agent.ts';
import { badRequest, htmlPage, type Route, tree, type User } from './api.ts';
import { type Clock, epochSeconds } from './clock.ts';
import { detailsRoutes } from './details.ts';
import { Disk } from './disk.ts';
import { editRoutes } from './edits.ts';
import { element } from './encoding.ts';
import { imageRoutes } from './images.ts';
import { Library } from './library.ts';
import { listingRoutes } from './listing.ts';
import { mergeRoutes } from './merging.ts';
import type { Item } from './model.ts';
import { finalState, Notifications, TIMELINE_STATES, timelineEntry } from './notifications.ts';
import { pictureRoutes } from './pictureRoutes.ts';
import { PlayStates, playStateRoutes } from './playState.ts';
import { scanRoutes } from './scanRoutes.ts';
import { Scanner } from './scans.ts';
import { sectionRoutes } from './sections.ts';
import { Sessions, sessionRoutes } from './sessions.ts';
import type { Switches } from './switches.ts';
import { TagStore } from './tags.ts';

export interface ServerIdentity {
  machineIdentifier: string;
  readonly version: string;
  readonly friendlyName: string;
}

/** Everything behind the port: the parts of a server, and the routes that lead to them. */
export interface PlexServer {
  readonly identity: ServerIdentity;
  readonly users: Map<string, User>;
  readonly library: Library;
  readonly disk: Disk;
  readonly states: PlayStates;
  readonly sessions: Sessions;
  readonly agent: Agent;
  readonly scanner: Scanner;
  readonly notifications: Notifications;
  readonly announce: (items: readonly Item[]) => void;
  readonly routes: readonly Route[];
}

export function makePlexServer(identity: ServerIdentity, switches: Switches, clock: Clock): PlexServer {
  const library = new Library(new TagStore(switches), () => epochSeconds(clock));
  const disk = new Disk();
  const states = new PlayStates();
  const sessions = new Sessions();
  const notifications = new Notifications(switches);
  const agent = new Agent({ library, notifications, switches, clock });
  const scanner = new Scanner({ library, disk, agent, notifications, switches, clock });
  const announce = (items: readonly Item[]): void =>
    announceEdit(items, { library, notifications, switches });
  const around = { library, switches, clock, states, announce, disk, notifications, now: clock.now };
  const { tags } = library;
  const routes = [
    ...identityRoutes(identity, switches),
    ...sectionRoutes(library),
    ...listingRoutes({ ...around, tags }),
    ...detailsRoutes({ ...around, tags }),
    ...editRoutes(around),
    ...imageRoutes(around),
    ...pictureRoutes(around),
    ...playStateRoutes(library, states, clock),
    ...sessionRoutes(sessions, { ...around, tags }),
    ...refreshRoutes(library, agent),
    ...scanRoutes(library, scanner, agent),
    ...mergeRoutes(around),
    DELETION,
  ];
  return {
    identity,
    users: new Map(),
    library,
    disk,
    states,
    sessions,
    agent,
    scanner,
    notifications,
    announce,
    routes,
  };
}

interface Announcing {
  readonly library: Library;
  readonly notifications: Notifications;
  readonly switches: Switches;
}

/** Edits through the API are told to all listeners, the editor too (plex reference §3.8). */
function announceEdit(items: readonly Item[], { library, notifications, switches }: Announcing): void {
  if (switches.editAlerts === 'none') return;
  const entries = items.flatMap((item) => {
    const section = library.section(item.sectionKey);
    if (section === undefined) return [];
    const last = timelineEntry(item, finalState(section));
    if (switches.editAlerts === 'processed') return [last];
    return [
      timelineEntry(item, TIMELINE_STATES.loading, { metadataState: 'loading' }),
      timelineEntry(item, TIMELINE_STATES.processing, { metadataState: 'processing' }),
      last,
    ];
  });
  notifications.timeline(entries);
}

/** Deletion of media is not allowed here, as on a server set up with care (plex reference §3.5). */
const DELETION: Route = {
  methods: ['DELETE'],
  path: /^\/library\//,
  kind: 'other',
  isAdmin: true,
  handle: () => badRequest,
};

function identityRoutes(identity: ServerIdentity, switches: Switches): readonly Route[] {
  return [
    {
      methods: ['GET'],
      path: /^\/identity$/,
      kind: 'identity',
      isAdmin: false,
      handle: () => {
        const { machineIdentifier, version } = identity;
        return tree(element('MediaContainer', { size: 0, claimed: true, machineIdentifier, version }));
      },
    },
    {
      methods: ['GET'],
      path: /^\/$/,
      kind: 'server',
      isAdmin: false,
      handle: () =>
        tree(
          element('MediaContainer', {
            ...identity,
            size: 0,
            platform: 'Linux',
            platformVersion: '6.1',
            myPlex: true,
            myPlexSubscription: false,
            allowMediaDeletion: false,
            transcoderActiveVideoSessions: 0,
          }),
        ),
    },
    {
      methods: ['GET'],
      path: /^\/:\/prefs$/,
      kind: 'server',
      isAdmin: false,
      handle: ({ user }) =>
        user.isOwner || switches.guestPrefs === 'served'
          ? tree(element('MediaContainer', { size: 0 }))
          : htmlPage(Number(switches.guestPrefs)),
    },
  ];
}
