import { machineIdentifier, sectionKey, sectionUuid } from '../../ids.ts';
import { fail, succeed } from '../../result.ts';
import type { DoctorFacts } from '../diagnose.ts';

export const NOW = 1_700_000_000_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const failure = { class: 'auth', peer: 'plex', message: 'Plex said 401.' } as const;
export const refused = fail(failure);
export const closed = { state: 'closed', failuresInRow: 0 } as const;
export const open = {
  state: 'open',
  openedAt: 0,
  probeAt: 1,
  opened: 1,
  reason: 'Plex refused the connection',
} as const;
const server = { machineIdentifier: machineIdentifier('abc'), version: '1.43.0' };
const section = (title: string) => ({
  uuid: sectionUuid(title),
  key: sectionKey('1'),
  title,
  type: 'movie',
  locations: [],
  isRefreshing: false,
});
export const plugin = (id: string) => ({ id, name: id, enabled: true });

/** A set-up with nothing to complain about. */
export const well: DoctorFacts = {
  now: NOW,
  pollSeconds: 30,
  problems: [],
  node: { version: 'v24.21.0', sqlite: '3.53.4', sqliteWarning: null },
  folder: {
    path: '/var/plexsync',
    refusal: null,
    freeBytes: 120e9,
    databaseBytes: 130e6,
    fileSystem: 'ext4',
    openFiles: [],
  },
  database: { bytes: 130e6, damage: null, parts: 15, examined: 15 },
  daemon: { pid: 4711, since: NOW - 3 * HOUR },
  stash: {
    probe: succeed({ version: 'v0.30.1' }),
    signIn: 'key',
    scenes: succeed(100),
    plugins: succeed([plugin('plexsync')]),
    hookSeenAt: NOW - 5 * MINUTE,
    events: { state: 'open' },
    clockAheadMs: succeed(-800),
  },
  plex: {
    identity: succeed(server),
    knownServer: 'abc',
    hasToken: true,
    token: succeed({ platform: 'Linux' }),
    isOwner: succeed(true),
    libraries: succeed([section('Scenes'), section('Archive')]),
    events: { state: 'open' },
    clockAheadMs: succeed(900),
  },
  matching: {
    sections: [{ title: 'Scenes', items: 120, listedAt: 1 }],
    pathMaps: [{ from: '/data', to: '/media', support: 97, lookedAt: null }],
    linkedScenes: 97,
    scenes: succeed(100),
    leftOut: 0,
    notInPlex: { scenes: 0, isCountCut: false },
    asksPlexToScan: false,
  },
  work: {
    enabled: true,
    dryRun: false,
    stop: null,
    pauses: [],
    breakers: { plex: closed, stash: closed },
    destroyed: null,
    asksFirst: false,
    rest: null,
    hasDaemon: true,
    queue: { pending: 0, running: 0, waiting: 0, dead: 0, deadByClass: {}, oldestPendingAt: null },
  },
};

export type Change = {
  readonly [Part in keyof DoctorFacts]?: DoctorFacts[Part] | Partial<DoctorFacts[Part]>;
};

/** The facts of a set-up that is well, but for this. */
export function but(change: Change): DoctorFacts {
  const parts = Object.entries(change).map(([part, value]) => {
    const before = well[part as keyof DoctorFacts];
    const isPart = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [part, isPart ? Object.assign({}, before, value) : value];
  });
  return { ...well, ...Object.fromEntries(parts) };
}
