import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { WireTrouble } from './troubles.ts';
import { WireConnection, type WireRequest } from './wireConnection.ts';

export interface WireOptions {
  /** Where the server listens; may be told later. */
  readonly port?: number;
  /** In [0, 1): draws where connections break and what garbage is. */
  readonly random: () => number;
  /** Epoch ms, for the times of requests. */
  readonly now?: () => number;
}

/** The network between PlexSync and one server: TCP on loopback that can be broken, also under what is open. */
export interface WireProxy {
  readonly url: string;
  readonly port: number;
  /** Requests whose head has passed here, or was swallowed, be they answered or not; WebSockets included. */
  readonly requests: readonly WireRequest[];
  readonly connections: {
    /** That somebody opened, also those that were reset. */
    readonly tried: number;
    readonly open: number;
    readonly openAtMost: number;
  };
  /** Connections that met the trouble so far: a test that expects one can tell that it came to pass. */
  readonly hits: number;
  aimAt(port: number): void;
  /** From now on, for open connections, too. Resolves when nobody listens any more, or again. */
  suffer(trouble: WireTrouble): Promise<void>;
  /** Resets what is open, WebSockets included; who asks again gets through. */
  drop(): void;
  /** Requests and counts begin anew. */
  forget(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startWireProxy(options: WireOptions): Promise<WireProxy> {
  const wire = new Wire(options);
  await wire.listen(0);
  return wire;
}

class Wire implements WireProxy {
  readonly #options: WireOptions;
  readonly #open = new Set<WireConnection>();
  requests: WireRequest[] = [];
  hits = 0;
  #tried = 0;
  #openAtMost = 0;
  #target: number | null;
  #trouble: WireTrouble = { kind: 'none' };
  #server: Server | null = null;
  #port = 0;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#target = options.port ?? null;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  get connections(): WireProxy['connections'] {
    return { tried: this.#tried, open: this.#open.size, openAtMost: this.#openAtMost };
  }

  aimAt(port: number): void {
    this.#target = port;
  }

  async suffer(trouble: WireTrouble): Promise<void> {
    this.#trouble = trouble;
    if (trouble.kind === 'refuse' || trouble.kind === 'reset') {
      this.hits += this.#open.size;
      this.#resetAll();
    }
    for (const connection of this.#open) connection.suffer(trouble);
    if (trouble.kind === 'refuse') await this.#deafen();
    else if (this.#server === null) await this.listen(this.#port);
  }

  drop(): void {
    this.#resetAll();
  }

  forget(): void {
    this.requests = [];
    this.hits = 0;
    this.#tried = 0;
    this.#openAtMost = this.#open.size;
  }

  async close(): Promise<void> {
    this.#resetAll();
    await this.#deafen();
  }

  async listen(port: number): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  #accept(client: Socket): void {
    this.#tried += 1;
    if (this.#trouble.kind === 'reset' || this.#target === null) {
      this.hits += 1;
      // It may have reset the connection itself.
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const { random, now = Date.now } = this.#options;
    const connection: WireConnection = new WireConnection(client, {
      port: this.#target,
      random,
      onRequest: (request) => this.requests.push({ ...request, at: now() }),
      onHit: () => {
        this.hits += 1;
      },
      onClosed: () => this.#open.delete(connection),
    });
    this.#open.add(connection);
    this.#openAtMost = Math.max(this.#openAtMost, this.#open.size);
    connection.suffer(this.#trouble);
  }

  #resetAll(): void {
    for (const connection of this.#open) connection.reset();
  }

  async #deafen(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = new Promise((resolve) => server.close(resolve));
    this.#resetAll();
    await closed;
  }
}
