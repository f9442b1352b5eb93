import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Operations } from '../engine/operations.ts';
import type { Logger } from '../log/logger.ts';
import { makeFolder } from '../store/makeFolder.ts';
import { isInTempDir, isPipe } from './controlAddress.ts';
import { controlApp } from './controlApp.ts';
import { isPrivateFolder } from './privateFolder.ts';

export interface ControlServerOptions {
  /** From `controlAddress`. */
  readonly address: string;
  readonly operations: Operations;
  readonly logger: Logger;
}

export interface ControlServer {
  /** Answers what has begun, then stops listening. */
  close(): Promise<void>;
}

/**
 * Listens for commands of this user on this machine; there is no TCP. Only the holder of the daemon lock may
 * call it: whatever lies at the address is then the rest of a process that was killed.
 */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const { address } = options;
  const app = controlApp(options.operations, options.logger);
  const respond = getRequestListener(app.fetch);
  const server = createServer((request, response) => void respond(request, response));
  if (isInTempDir(address)) await makePrivateFolder(dirname(address));
  if (!isPipe(address)) await rm(address, { force: true });
  await listen(server, address);
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** The socket is made inside `listen`, so the mask makes it 0600 without a moment in between. */
async function listen(server: Server, address: string): Promise<void> {
  const mask = process.umask(0o177);
  try {
    server.listen(address);
  } finally {
    process.umask(mask);
  }
  await once(server, 'listening');
}

async function makePrivateFolder(folder: string): Promise<void> {
  makeFolder(folder, 0o700);
  if (!(await isPrivateFolder(folder))) {
    throw new Error(`${folder} is not only ours: no control socket can be made there`);
  }
}
