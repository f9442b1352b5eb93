/** What can go wrong between us and Stash. */
export const FAULTS = {
  html: 'answers 200 with an HTML page, as a sign-in page or a proxy does',
  proxyDown: 'answers 502 with an HTML page, as a proxy does whose Stash is gone',
  login: 'leads to the login page, as pages and covers do without a session',
  serverError: 'answers 500',
  unauthorized: 'answers 401 with an empty body',
  badRequest: 'answers 400 with GraphQL errors, as for an unknown field',
  slow: 'answers a second late',
  silent: 'takes the request and never answers',
  reset: 'cuts the connection before the request is carried out',
  cut: 'carries the request out and cuts the connection in the middle of the answer',
  nullData: 'answers 200 with {"data":null}',
  busy: 'answers 200, each field null with the error "database is locked"',
  needsMigration:
    'is NEEDS_MIGRATION: each field that reads the database fails with "database not initialized"',
} as const satisfies Record<string, string>;

export type FaultName = keyof typeof FAULTS;

export interface FaultRequest {
  readonly fault: FaultName;
  /** How many requests it hits; all until cleared when absent. */
  readonly times?: number;
  /** Hits only documents that contain this text. */
  readonly matching?: string;
}

interface Pending {
  readonly fault: FaultName;
  readonly matching: string;
  left: number;
}

/** The faults that wait for their requests, first come first. */
export class Faults {
  #pending: Pending[] = [];

  add({ fault, times = Number.POSITIVE_INFINITY, matching = '' }: FaultRequest): void {
    this.#pending.push({ fault, matching, left: times });
  }

  clear(): void {
    this.#pending = [];
  }

  /**
   * The fault that hits this document, if any; counts it. Covers are hit by faults alone that are meant for them, by
   * `matching` their path.
   */
  take(asked: string): FaultName | null {
    const isCover = asked.startsWith('/scene/');
    const hit = this.#pending.find(
      ({ matching }) => asked.includes(matching) && !(isCover && matching === ''),
    );
    if (hit === undefined) return null;
    hit.left--;
    this.#pending = this.#pending.filter((each) => each.left > 0);
    return hit.fault;
  }
}

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
