import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type Item, NONE_AGENT, type Section } from './model.ts';
import type { Switches } from './switches.ts';

/** Both spellings are served: the official text has the singular, clients use the plural (plex reference §5). */
export const NOTIFICATIONS_PATH = /^\/:\/websockets?\/notifications$/;

export interface TimelineEntry {
  readonly identifier: string;
  readonly sectionID: string;
  readonly itemID: string;
  readonly type: number;
  readonly title: string;
  readonly state: number;
  readonly metadataState?: string;
  readonly mediaState?: string;
  /** Epoch s. */
  readonly updatedAt?: number | undefined;
}

export const TIMELINE_STATES = {
  created: 0,
  progress: 1,
  loading: 3,
  processing: 4,
  processed: 5,
  deleted: 9,
} as const;

/** Libraries without an agent never get as far as "processed" (plex reference §5). */
export const finalState = (section: Section): number =>
  section.agent === NONE_AGENT ? TIMELINE_STATES.progress : TIMELINE_STATES.processed;

export function timelineEntry(
  item: Item,
  state: number,
  more: Pick<TimelineEntry, 'metadataState' | 'mediaState'> = {},
): TimelineEntry {
  return {
    identifier: 'com.plexapp.plugins.library',
    sectionID: item.sectionKey,
    itemID: item.ratingKey,
    type: 1,
    title: item.fields.title ?? '',
    state,
    updatedAt: item.updatedAt ?? item.addedAt,
    ...more,
  };
}

export function deletionEntry(item: Item, switches: Switches): TimelineEntry {
  const entry = timelineEntry(item, TIMELINE_STATES.deleted, { metadataState: 'deleted' });
  return switches.deletionAlert === 'minus-one' ? { ...entry, sectionID: '-1', type: -1 } : entry;
}

export interface Activity {
  readonly uuid: string;
  readonly type: string;
  readonly title: string;
  readonly subtitle: string;
  readonly progress: number;
  /** Absent while an activity has only started (plex reference §4). */
  readonly librarySectionID?: string;
}

/** The server's websocket. Nothing is kept for those who come later. */
export class Notifications {
  readonly #switches: Switches;
  readonly #server = new WebSocketServer({ noServer: true });

  constructor(switches: Switches) {
    this.#switches = switches;
  }

  /** Sockets listening now. */
  get listenerCount(): number {
    return this.#server.clients.size;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      // A peer that vanishes is no fault of ours; `close` follows and forgets it.
      client.on('error', () => client.terminate());
    });
  }

  timeline(told: readonly TimelineEntry[]): void {
    const { alertTimes } = this.#switches;
    const entries = alertTimes === 'told' ? told : told.map((entry) => ({ ...entry, updatedAt: undefined }));
    switch (this.#switches.alertDelivery) {
      case 'lost':
        return;
      case 'grouped':
        return this.#sendEntries([...entries].reverse());
      case 'once':
        return entries.forEach((entry) => this.#sendEntries([entry]));
      case 'doubled':
        return entries.forEach((entry) => {
          this.#sendEntries([entry]);
          this.#sendEntries([entry]);
        });
    }
  }

  activity(event: 'started' | 'updated' | 'ended', activity: Activity): void {
    const { librarySectionID, ...shown } = activity;
    const context = librarySectionID === undefined ? {} : { Context: { librarySectionID } };
    this.#send('activity', 'ActivityNotification', [
      { event, uuid: activity.uuid, Activity: { ...shown, cancellable: false, userID: 1, ...context } },
    ]);
  }

  /** Names no section (plex reference §4). */
  scanComplete(): void {
    const status = { title: 'Library scan complete', description: '', notificationName: 'LIBRARY_UPDATE' };
    this.#send('status', 'StatusNotification', [status]);
  }

  /** Any text as one frame: other types, broken JSON. */
  sendText(text: string): void {
    for (const client of this.#server.clients) client.send(text);
  }

  /** Drops every socket without a close frame. */
  dropAll(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  #sendEntries(entries: readonly TimelineEntry[]): void {
    if (entries.length > 0) this.#send('timeline', 'TimelineEntry', entries);
  }

  #send(type: string, arrayName: string, members: readonly object[]): void {
    const container = { type, size: members.length, [arrayName]: members };
    this.sendText(JSON.stringify({ NotificationContainer: container }));
  }
}
