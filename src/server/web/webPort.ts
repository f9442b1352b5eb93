import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** Browsers ask again by themselves. */
const ASK_AGAIN_S = 1;

/**
 * The port of a process. It stays open while the daemon behind it is put together anew, because settings have changed:
 * whoever comes meanwhile is told to ask again.
 */
export class WebPort {
  #server: Server | null = null;
  #at = '';
  #respond: RequestListener = askAgain;

  /** @returns where it is open; throws when it cannot listen there */
  async open(port: number, bind: string, respond: RequestListener): Promise<string> {
    const at = `${bind}:${port}`;
    if (this.#server === null || this.#at !== at) {
      await this.close();
      const server = createServer((request, response) => this.#respond(request, response));
      server.listen(port, bind);
      await once(server, 'listening');
      this.#server = server;
      this.#at = at;
    }
    this.#respond = respond;
    return urlOf(this.#server, bind);
  }

  /** Whoever answered does not any more. */
  rest(): void {
    this.#respond = askAgain;
  }

  /** What is being answered is not waited for. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.rest();
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

const askAgain: RequestListener = (_, response) => {
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(ASK_AGAIN_S),
    refresh: String(ASK_AGAIN_S),
  });
  response.end('<!doctype html><title>PlexSync</title><p>PlexSync goes on in a moment …</p>\n');
};

function urlOf(server: Server, bind: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${bind.includes(':') ? `[${bind}]` : bind}:${port}`;
}
