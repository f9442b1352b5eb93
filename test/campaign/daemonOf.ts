import type { Operations } from '../../src/engine/operations.ts';
import { controlAddress } from '../../src/server/controlAddress.ts';
import { connectControl } from '../../src/server/controlClient.ts';
import { MAIN } from '../processes/mainScript.ts';
import { type NodeProcess, spawnNode } from '../processes/nodeProcess.ts';
import type { BothServers } from '../processes/startBothServers.ts';

export interface Daemon {
  readonly process: NodeProcess;
  readonly operations: Operations;
  /** By SIGTERM; what was amiss with its end, or null. */
  end(): Promise<string | null>;
}

/** `plexsync serve` as a user runs it, once it takes work. */
export async function startDaemon(
  servers: BothServers,
  env: Readonly<Record<string, string>> = {},
): Promise<Daemon> {
  const daemon = spawnNode([MAIN, 'serve'], { env: { ...servers.env, ...env }, cwd: servers.folder });
  await daemon.hasSaid('"PlexSync runs"');
  const connected = await connectControl(controlAddress(servers.dataDir));
  if (!connected.ok) throw new Error(connected.failure.message);
  return {
    process: daemon,
    operations: connected.value,
    end: async () => {
      daemon.signal('SIGTERM');
      const { code, signal } = await daemon.ended;
      return code === 0 ? null : `the daemon ended with ${signal ?? `exit code ${code}`}`;
    },
  };
}
