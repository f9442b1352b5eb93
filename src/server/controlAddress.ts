import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** `sun_path` holds 104 bytes with its end on macOS, 108 on Linux; longer paths are cut without a word. */
const LONGEST_PATH = 103;
const SOCKET_NAME = 'control.sock';
const PIPE_PREFIX = '\\\\.\\pipe\\';

export interface ControlHost {
  readonly platform: NodeJS.Platform;
  readonly tempDir: string;
  /** -1 where there is none (Windows). */
  readonly userId: number;
}

const thisHost = (): ControlHost => ({
  platform: process.platform,
  tempDir: tmpdir(),
  userId: process.getuid?.() ?? -1,
});

/**
 * Where the daemon of a data directory listens: a socket in it; a private folder of the temp directory when
 * that path is too long for a socket; a named pipe on Windows.
 */
export function controlAddress(dataDir: string, host: ControlHost = thisHost()): string {
  const short = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  if (host.platform === 'win32') return `${PIPE_PREFIX}plexsync-${short}`;
  const inDataDir = join(resolve(dataDir), SOCKET_NAME);
  if (Buffer.byteLength(inDataDir) <= LONGEST_PATH) return inDataDir;
  return join(host.tempDir, `plexsync-${host.userId}`, `${short}.sock`);
}

export const isPipe = (address: string): boolean => address.startsWith(PIPE_PREFIX);
/** Whether the socket lies where every user of the machine may make folders. */
export const isInTempDir = (address: string): boolean =>
  !isPipe(address) && basename(address) !== SOCKET_NAME;
