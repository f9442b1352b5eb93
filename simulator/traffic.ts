import type { Server, Socket } from 'node:net';

export interface Bytes {
  readonly received: number;
  readonly sent: number;
}

/** What went over the connections of a server, heads and framing included. */
export class Traffic {
  readonly #open = new Set<Socket>();
  #closed: Bytes = { received: 0, sent: 0 };

  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#closed = plus(this.#closed, socket);
      });
    });
  }

  bytes(): Bytes {
    return [...this.#open].reduce(plus, this.#closed);
  }
}

const plus = ({ received, sent }: Bytes, { bytesRead, bytesWritten }: Socket): Bytes => ({
  received: received + bytesRead,
  sent: sent + bytesWritten,
});
