import { controlAddress } from './controlAddress.ts';
import { startControlServer } from './controlServer.ts';
import { type RelayOptions, startRelay } from './relay.ts';

/** Makes a daemon reachable: by commands on its socket, and by the plugin in Stash through the inbox. */
export async function makeReachable(
  options: RelayOptions & { readonly dataDir: string },
): Promise<{ close(): Promise<void> }> {
  const control = await startControlServer({ ...options, address: controlAddress(options.dataDir) });
  try {
    const relay = await startRelay(options);
    return {
      close: async () => {
        await relay.close();
        await control.close();
      },
    };
  } catch (error) {
    await control.close();
    throw error;
  }
}
