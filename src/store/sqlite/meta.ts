import type { Breaker } from '../../core/breaker.ts';
import type { Peer } from '../../core/failure.ts';
import type { Meta } from '../port.ts';
import type { Connection } from './connection.ts';
import { parseBreaker } from './storedJson.ts';

const GET = 'SELECT value FROM meta WHERE key = :key';
const SET = `
  INSERT INTO meta (key, value) VALUES (:key, :value)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
const DELETE = 'DELETE FROM meta WHERE key = :key';

const GET_BREAKER = 'SELECT breaker FROM breakers WHERE peer = :peer';
const SET_BREAKER = `
  INSERT INTO breakers (peer, breaker) VALUES (:peer, :breaker)
  ON CONFLICT (peer) DO UPDATE SET breaker = excluded.breaker`;

const UNTRIED: Breaker = { state: 'closed', failuresInRow: 0 };

const prepareAll = (connection: Connection) => ({
  get: connection.prepare<{ readonly value: string }>(GET),
  set: connection.prepare(SET),
  delete: connection.prepare(DELETE),
  getBreaker: connection.prepare<{ readonly breaker: string }>(GET_BREAKER),
  setBreaker: connection.prepare(SET_BREAKER),
});

export class SqliteMeta implements Meta {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async get(key: string): Promise<string | null> {
    return this.#connection.read(() => this.#statements.get.get({ key })?.value ?? null);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#connection.write(() => this.#statements.set.run({ key, value }));
  }

  async delete(key: string): Promise<void> {
    await this.#connection.write(() => this.#statements.delete.run({ key }));
  }

  async breaker(peer: Peer): Promise<Breaker> {
    const row = await this.#connection.read(() => this.#statements.getBreaker.get({ peer }));
    return row === undefined ? UNTRIED : parseBreaker(row.breaker);
  }

  async setBreaker(peer: Peer, breaker: Breaker): Promise<void> {
    await this.#connection.write(() =>
      this.#statements.setBreaker.run({ peer, breaker: JSON.stringify(breaker) }),
    );
  }
}
