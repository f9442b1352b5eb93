import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { WireTrouble } from './troubles.ts';

export interface WireRequest {
  readonly method: string;
  /** As sent, with its query. */
  readonly path: string;
  readonly isWebSocket: boolean;
  /** Epoch ms. */
  readonly at: number;
}

interface WireEnds {
  /** Of the server. */
  readonly port: number;
  readonly random: () => number;
  readonly onRequest: (request: Omit<WireRequest, 'at'>) => void;
  /** The first time that the trouble of now showed on this connection. */
  readonly onHit: () => void;
  readonly onClosed: () => void;
}

/** A client of HTTP/1.1 begins a piece with the head of a request, as long as it sends no two without an answer. */
const HEAD = /^([A-Z]+) (\S+) HTTP\/1\.1\r\n/;
const MOST_GARBAGE = 600;
const THROTTLE_STEP_MS = 20;

/** Two sockets, and what becomes of the bytes between them. */
export class WireConnection {
  readonly #ends: WireEnds;
  readonly #client: Socket;
  readonly #server: Socket;
  #trouble: WireTrouble = { kind: 'none' };
  /** Bytes that still pass before the trouble strikes. */
  #allowance = 0;
  #isHit = false;
  /** What has lost bytes stays silent for good: nobody sends them again. */
  #isLost = false;

  constructor(client: Socket, ends: WireEnds) {
    this.#ends = ends;
    this.#client = client;
    this.#server = connect({ port: ends.port, host: '127.0.0.1', allowHalfOpen: true });
    this.#join(client, this.#server, (piece) => this.#request(piece));
    this.#join(this.#server, client, (piece) => this.#answer(piece));
    client.once('close', () => ends.onClosed());
  }

  suffer(trouble: WireTrouble): void {
    this.#trouble = trouble;
    this.#isHit = false;
    if ('within' in trouble) this.#allowance = Math.floor(this.#ends.random() * trouble.within);
  }

  reset(): void {
    for (const socket of [this.#client, this.#server]) socket.resetAndDestroy();
  }

  #join(from: Socket, to: Socket, pass: (piece: Buffer) => Promise<void>): void {
    from.setNoDelay(true);
    from.on('data', (piece: Buffer) => {
      // One piece at a time, so that those that come later do not overtake it.
      from.pause();
      void pass(piece).then(() => from.resume());
    });
    from.on('end', () => {
      if (!this.#isSwallowing()) to.end();
    });
    // The server is away, or one of them went without a word: the other one gets to know by a reset.
    from.on('error', () => this.reset());
    from.on('close', () => {
      if (from === this.#client) to.destroy();
    });
  }

  async #request(piece: Buffer): Promise<void> {
    const head = HEAD.exec(piece.subarray(0, 4_096).toString('latin1'));
    if (head !== null) {
      const [, method = '', path = ''] = head;
      const isWebSocket = /^upgrade: websocket\r$/im.test(piece.toString('latin1'));
      this.#ends.onRequest({ method, path, isWebSocket });
    }
    if (this.#isSwallowing()) return this.#hit();
    if (this.#trouble.kind === 'lag') await this.#lag(this.#trouble.ms);
    if (this.#trouble.kind === 'reset-request')
      return this.#breakOff(this.#server, piece, () => this.reset());
    await written(this.#server, piece);
  }

  async #answer(piece: Buffer): Promise<void> {
    if (this.#isSwallowing()) return this.#hit();
    switch (this.#trouble.kind) {
      case 'lag':
        await this.#lag(this.#trouble.ms);
        return written(this.#client, piece);
      case 'throttle':
        return this.#throttle(piece, this.#trouble.bytesPerSecond);
      case 'cut-answer':
        return this.#breakOff(this.#client, piece, () => this.#end());
      case 'reset-answer':
        return this.#breakOff(this.#client, piece, () => this.reset());
      case 'garbage':
        return this.#breakOff(this.#client, piece, async () => {
          await written(this.#client, this.#garbage());
          this.#end();
        });
      default:
        return written(this.#client, piece);
    }
  }

  #isSwallowing(): boolean {
    this.#isLost ||= this.#trouble.kind === 'black-hole';
    return this.#isLost;
  }

  async #lag(ms: number): Promise<void> {
    this.#hit();
    await delay(ms);
  }

  async #throttle(piece: Buffer, bytesPerSecond: number): Promise<void> {
    this.#hit();
    const step = Math.max(1, Math.floor((bytesPerSecond * THROTTLE_STEP_MS) / 1_000));
    for (let from = 0; from < piece.length && !this.#client.destroyed; from += step) {
      await delay(THROTTLE_STEP_MS);
      await written(this.#client, piece.subarray(from, from + step));
    }
  }

  async #breakOff(to: Socket, piece: Buffer, strike: () => Promise<void> | void): Promise<void> {
    const passes = Math.min(this.#allowance, piece.length);
    this.#allowance -= passes;
    await written(to, piece.subarray(0, passes));
    if (passes === piece.length) return;
    this.#hit();
    await strike();
  }

  #end(): void {
    this.#client.end();
    this.#server.destroy();
  }

  #garbage(): Buffer {
    const length = 1 + Math.floor(this.#ends.random() * MOST_GARBAGE);
    return Buffer.from(Array.from({ length }, () => Math.floor(this.#ends.random() * 256)));
  }

  #hit(): void {
    if (this.#isHit) return;
    this.#isHit = true;
    this.#ends.onHit();
  }
}

/** A socket that is gone by then takes nothing, and says so by its other events. */
const written = (socket: Socket, piece: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (piece.length === 0 || !socket.writable) return resolve();
    socket.write(piece, () => resolve());
  });
