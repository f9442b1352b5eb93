import assert from 'node:assert/strict';
import { InFlight } from '../inFlight.ts';
import { Traffic } from '../traffic.ts';
import type { RequestKind } from './api.ts';
import type { FaultName } from './faults.ts';

export interface LoggedRequest {
  readonly method: string;
  /** Decoded, without query. */
  readonly path: string;
  /** Decoded, in order; tokens redacted. */
  readonly query: readonly (readonly [key: string, value: string])[];
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly kind: RequestKind;
  readonly urlLength: number;
  /** SHA-256 of the body; null when there was none. */
  readonly bodyHash: string | null;
  /** Epoch ms by the simulator's clock. */
  readonly at: number;
  readonly fault: FaultName | null;
  /** Null: never answered. */
  status: number | null;
}

const isWrite = (request: LoggedRequest): boolean => request.method !== 'GET' && request.method !== 'HEAD';

const valueOf = (request: LoggedRequest, key: string): string =>
  request.query.findLast(([name]) => name === key)?.[1] ?? '';

const inWords = ({ method, path, query }: LoggedRequest): string =>
  `${method} ${path}?${query.map(([key, value]) => `${key}=${value}`).join('&')}`;

/** Every request that reached the server, also those that met a fault. */
export class RequestLog {
  readonly traffic = new Traffic();
  readonly #onRequest: (request: LoggedRequest) => void;
  readonly #requests: LoggedRequest[] = [];
  /** WebSockets left out. */
  readonly inFlight = new InFlight();
  readonly #writesInFlight = new InFlight();

  constructor(onRequest: (request: LoggedRequest) => void = () => undefined) {
    this.#onRequest = onRequest;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Returns what to call once the connection is done with the request. */
  begin(request: LoggedRequest): () => void {
    this.#requests.push(request);
    this.#onRequest(request);
    return isWrite(request) ? this.#writesInFlight.begin() : () => undefined;
  }

  clear(): void {
    this.#requests.length = 0;
    this.inFlight.forget();
    this.#writesInFlight.forget();
  }

  counts(): { readonly [Kind in RequestKind]: number } {
    const counts: { [Kind in RequestKind]: number } = {
      identity: 0,
      server: 0,
      index: 0,
      details: 0,
      edits: 0,
      images: 0,
      state: 0,
      scans: 0,
      notifications: 0,
      other: 0,
    };
    for (const { kind } of this.#requests) counts[kind] += 1;
    return counts;
  }

  maxUrlLength(): number {
    return this.#requests.reduce((longest, { urlLength }) => Math.max(longest, urlLength), 0);
  }

  maxConcurrentWrites(): number {
    return this.#writesInFlight.atMost;
  }

  /** Plex edits the whole library when no id is given (plex reference §3.1). */
  assertNoSectionWideEdit(): void {
    this.#assertNone(
      'edits a whole library',
      (request) =>
        request.method === 'PUT' &&
        /^\/library\/sections\/[^/]+\/all$/.test(request.path) &&
        valueOf(request, 'id') === '',
    );
  }

  assertNoDelete(): void {
    this.#assertNone('deletes', (request) => request.method === 'DELETE');
  }

  assertNoEmptyTrash(): void {
    this.#assertNone('empties the trash', (request) => request.path.endsWith('/emptyTrash'));
  }

  assertEveryEditHasTypeAndId(): void {
    this.#assertNone('edits without type and id', (request) => {
      if (request.kind !== 'edits') return false;
      const hasId = valueOf(request, 'id') !== '' || request.path.startsWith('/library/metadata/');
      return valueOf(request, 'type') === '' || !hasId;
    });
  }

  /** Nothing that PlexSync must never do. */
  assertHarmless(): void {
    this.assertNoSectionWideEdit();
    this.assertNoDelete();
    this.assertNoEmptyTrash();
    this.assertEveryEditHasTypeAndId();
  }

  #assertNone(what: string, isBad: (request: LoggedRequest) => boolean): void {
    const bad = this.#requests.filter(isBad);
    assert.equal(bad.length, 0, `a request ${what}: ${bad.slice(0, 3).map(inWords).join('; ')}`);
  }
}
