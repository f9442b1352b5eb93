import type { LoggedRequest } from '../../../simulator/plex/requestLog.ts';

/**
 * What “once” means: whatever is killed, no write is sent to an item that is the same as the one before it. A write
 * that Plex has taken is known by the journal and by what Plex shows, so that the next process has nothing to send.
 */
export class RepeatedWrites {
  readonly #lastOf = new Map<string, string>();
  readonly #images = new Set<string>();

  /** To be given all requests, in order; returns those that were sent again. */
  among(requests: readonly LoggedRequest[]): readonly string[] {
    return requests
      .filter(isWrite)
      .flatMap((request) => (this.#isRepeated(request) ? [inWords(request)] : []));
  }

  #isRepeated(request: LoggedRequest): boolean {
    const text = inWords(request);
    if (request.bodyHash !== null) {
      const image = `${text} ${request.bodyHash}`;
      const isKnown = this.#images.has(image);
      this.#images.add(image);
      return isKnown;
    }
    const item = `${request.path} ${request.query.find(([key]) => key === 'id')?.[1] ?? ''}`;
    const isKnown = this.#lastOf.get(item) === text;
    this.#lastOf.set(item, text);
    return isKnown;
  }
}

const isWrite = ({ method }: LoggedRequest): boolean => method === 'PUT' || method === 'POST';

const inWords = ({ method, path, query }: LoggedRequest): string =>
  `${method} ${path}?${query.map(([key, value]) => `${key}=${value}`).join('&')}`;
