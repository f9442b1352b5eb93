/** What a session cookie says. It holds everything itself, so it outlives a restart of Stash. */
export interface Session {
  /** Null where nobody needs to sign in. */
  readonly user: string | null;
  /** The hooks that led to this request, one entry a run. */
  readonly visited: readonly string[];
}

export const NO_SESSION: Session = { user: null, visited: [] };

interface SessionsParts {
  readonly now: () => number;
  readonly maxAgeSeconds: () => number;
}

/**
 * Cookies last `maxAgeSeconds` from when they were printed, a plugin's as a browser's (stash reference §2.8).
 * The simulator signs nothing.
 */
export class Sessions {
  readonly #parts: SessionsParts;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** A cookie printed now ends then. */
  endsAt(): number {
    return this.#parts.now() + this.maxAgeSeconds() * 1000;
  }

  maxAgeSeconds(): number {
    return this.#parts.maxAgeSeconds();
  }

  print(session: Session): string {
    return Buffer.from(JSON.stringify({ ...session, at: this.#parts.now() })).toString('base64url');
  }

  /** Null when the cookie is expired or was not made here. */
  read(value: string): Session | null {
    const found = decode(value);
    if (found === null || this.#parts.now() - found.at >= this.maxAgeSeconds() * 1000) return null;
    return { user: found.user, visited: found.visited };
  }
}

function decode(value: string): (Session & { readonly at: number }) | null {
  try {
    const found: unknown = JSON.parse(Buffer.from(value, 'base64url').toString());
    return isSession(found) ? found : null;
  } catch {
    return null;
  }
}

function isSession(value: unknown): value is Session & { readonly at: number } {
  return (
    typeof value === 'object' && value !== null && 'at' in value && 'visited' in value && 'user' in value
  );
}
