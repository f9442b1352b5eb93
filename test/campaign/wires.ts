import { startWireProxy, type WireProxy } from '../../simulator/wire/wireProxy.ts';
import type { Random } from './random.ts';

/** What lies between PlexSync and its two servers. */
export interface Wires {
  readonly plex: WireProxy;
  readonly stash: WireProxy;
  close(): Promise<void>;
}

/** To be aimed at the servers once these have ports. */
export async function startWires(random: Random, now?: () => number): Promise<Wires> {
  const start = (name: string): Promise<WireProxy> => {
    const drawn = random.named(name);
    return startWireProxy({ random: () => drawn.next(), ...(now === undefined ? {} : { now }) });
  };
  const plex = await start('the wire to Plex');
  const stash = await start('the wire to Stash');
  return {
    plex,
    stash,
    close: async () => {
      await Promise.all([plex.close(), stash.close()]);
    },
  };
}
