import type { SettingsPlace } from '../setup/settingsPlace.ts';
import { controlAddress } from './controlAddress.ts';
import { startControlServer } from './controlServer.ts';
import { type RelayOptions, startRelay } from './relay.ts';
import type { ShownDaemon, WebServer } from './web/webServer.ts';

export interface ReachableOptions extends RelayOptions {
  readonly dataDir: string;
  readonly daemon: ShownDaemon;
  /** Null: no port is opened. */
  readonly web: WebServer | null;
  readonly settingsPlace: SettingsPlace;
}

interface Closable {
  close(): Promise<void>;
}

/** Makes a daemon reachable: by commands on its socket, by the plugin in Stash through the inbox, and over HTTP. */
export async function makeReachable(options: ReachableOptions): Promise<Closable> {
  const opened: Closable[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.reverse()) await each.close();
  };
  try {
    opened.push(await startControlServer({ ...options, address: controlAddress(options.dataDir) }));
    opened.push(await startRelay(options));
    if (options.web !== null) opened.push(await options.web.listen(options.daemon, options));
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}
