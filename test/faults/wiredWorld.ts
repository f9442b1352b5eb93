import { startWireProxy, type WireProxy } from '../../simulator/wire/wireProxy.ts';
import type { World, WorldOptions } from '../world/world.ts';
import { openSynced } from './syncedWorld.ts';

/** In step, with a network between PlexSync and both servers that can be broken. */
export interface WiredWorld {
  readonly world: World;
  readonly wires: { readonly plex: WireProxy; readonly stash: WireProxy };
  close(): Promise<void>;
}

/** Long enough for a busy machine, and short enough for a test that meets silence. */
const TIMEOUT_MS = 300;

export interface WiredOptions extends WorldOptions {
  readonly files: number;
  /** How the servers are called, instead of by address. */
  readonly hosts?: { readonly plex: string; readonly stash: string };
  /** In [0, 1): where connections break; the same in each run when absent. */
  readonly wireRandom?: () => number;
}

export async function openWired(options: WiredOptions): Promise<WiredWorld> {
  const { hosts, wireRandom } = options;
  const wires = {
    plex: await startWireProxy({ random: wireRandom ?? sequence(0.3) }),
    stash: await startWireProxy({ random: wireRandom ?? sequence(0.7) }),
  };
  const urlOf = (wire: WireProxy, host = '127.0.0.1'): string => `http://${host}:${wire.port}`;
  const urls = { plex_url: urlOf(wires.plex, hosts?.plex), stash_url: urlOf(wires.stash, hosts?.stash) };
  const settings = { ...urls, ...options.settings };
  const onOpened = ({ plex, stash }: World): void => {
    wires.plex.aimAt(plex.port);
    wires.stash.aimAt(stash.port);
  };
  const world = await openSynced({ timeoutMs: TIMEOUT_MS, ...options, settings, onOpened });
  for (const wire of Object.values(wires)) wire.forget();
  return {
    world,
    wires,
    close: async () => {
      await world.close();
      await Promise.all([wires.plex.close(), wires.stash.close()]);
    },
  };
}

/** Another number for each connection. */
function sequence(first: number): () => number {
  let last = first;
  return () => {
    last = (last * 16.7 + 0.123) % 1;
    return last;
  };
}
