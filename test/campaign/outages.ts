import type { PlexSimulator } from '../../simulator/plex/server.ts';
import type { StashSimulator } from '../../simulator/stash/simulator.ts';
import type { WireTrouble } from '../../simulator/wire/troubles.ts';
import type { WireProxy } from '../../simulator/wire/wireProxy.ts';
import type { Peer } from '../../src/core/failure.ts';
import type { Random } from './random.ts';

/** Something that goes wrong between PlexSync and a server, or with the server, and ends. */
export interface Outage {
  readonly peer: Peer;
  /** For reports, as `plex reset-answer`. */
  readonly name: string;
  /** Nothing gets through; else some does. */
  readonly isTotal: boolean;
  begin(): Promise<void>;
  end(): Promise<void>;
}

interface Scene {
  readonly plex: PlexSimulator;
  readonly stash: StashSimulator;
  readonly wires: Readonly<Record<Peer, WireProxy>>;
}

type Draw = (scene: Scene, random: Random) => Outage;

const OUTAGES = {
  'plex down': ({ plex }) => ({
    ...about('plex', 'down', true),
    begin: () => plex.goDown(),
    end: () => plex.comeBack(),
  }),
  'plex in maintenance': ({ plex }) => ({
    ...about('plex', 'in maintenance', true),
    begin: async () => {
      await plex.goDown();
      await plex.comeBack({ maintenanceMs: Number.MAX_SAFE_INTEGER });
    },
    end: async () => {
      await plex.goDown();
      await plex.comeBack();
    },
  }),
  'plex token revoked': ({ plex }) => ({
    ...about('plex', 'token revoked', true),
    begin: async () => plex.library.revokeToken(plex.token),
    end: async () => plex.library.acceptToken(plex.token),
  }),
  'stash down': ({ stash }) => ({
    ...about('stash', 'down', true),
    begin: () => stash.goDown(),
    end: () => stash.comeBack(),
  }),
  'plex wire': (scene, random) => onWire('plex', scene, random),
  'stash wire': (scene, random) => onWire('stash', scene, random),
} as const satisfies Record<string, Draw>;

/** Most of what goes wrong goes wrong on the way. */
export function drawOutage(scene: Scene, random: Random): Outage {
  const wire = random.pick(['plex wire', 'plex wire', 'stash wire'] as const);
  const name = random.isChance(0.6) ? wire : random.pick(Object.keys(OUTAGES) as (keyof typeof OUTAGES)[]);
  return OUTAGES[name](scene, random);
}

/** The same without what looks like wrong settings: that is probed once a minute, which a short run has not. */
export function drawShortOutage(scene: Scene, random: Random): Outage {
  for (;;) {
    const outage = drawOutage(scene, random);
    if (!/garbage|token/.test(outage.name)) return outage;
  }
}

const about = (peer: Peer, words: string, isTotal: boolean) => ({ peer, name: `${peer} ${words}`, isTotal });

const TOTAL: ReadonlySet<string> = new Set(['refuse', 'reset', 'black-hole']);

function onWire(peer: Peer, { wires }: Scene, random: Random): Outage {
  const trouble = drawTrouble(random);
  return {
    ...about(peer, trouble.kind, TOTAL.has(trouble.kind)),
    begin: () => wires[peer].suffer(trouble),
    end: () => wires[peer].suffer({ kind: 'none' }),
  };
}

function drawTrouble(random: Random): WireTrouble {
  const kind = random.pick([
    'refuse',
    'reset',
    'black-hole',
    'lag',
    'throttle',
    'cut-answer',
    'reset-answer',
    'reset-request',
    'garbage',
  ] as const);
  switch (kind) {
    case 'refuse':
    case 'reset':
    case 'black-hole':
      return { kind };
    case 'lag':
      return { kind, ms: random.integer(5, 120) };
    case 'throttle':
      return { kind, bytesPerSecond: random.integer(2_000, 50_000) };
    default:
      return { kind, within: random.pick([0, 300, 1_500, 6_000]) };
  }
}
