import dns from 'node:dns';

type Lookup = typeof dns.lookup;
type Callback = (error: NodeJS.ErrnoException | null, address?: unknown, family?: number) => void;

/** Names under `.test` as this process looks them up, until it is told to stop. */
export interface Names {
  /** As a resolver says it: no such name, or no answer of the name server. */
  fail(name: string, code: 'ENOTFOUND' | 'EAI_AGAIN'): void;
  mend(name: string): void;
  /** Look-ups of the name that failed. */
  failed(name: string): number;
  stop(): void;
}

const HOST = '127.0.0.1';

/** Stands in front of Node's own look-up, which `node:net` asks for each connection; `.test` is nobody's (RFC 6761). */
export function serveNames(): Names {
  const real = dns.lookup;
  const failing = new Map<string, string>();
  const failures = new Map<string, number>();
  const lookup = (name: string, options: { readonly all?: boolean }, callback: Callback): void => {
    if (!name.endsWith('.test')) return void Reflect.apply(real, dns, [name, options, callback]);
    const code = failing.get(name);
    if (code !== undefined) {
      failures.set(name, (failures.get(name) ?? 0) + 1);
      const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, hostname: name });
      return void setImmediate(callback, error);
    }
    const isList = options.all === true;
    setImmediate(() => (isList ? callback(null, [{ address: HOST, family: 4 }]) : callback(null, HOST, 4)));
  };
  dns.lookup = lookup as unknown as Lookup;
  return {
    fail: (name, code) => void failing.set(name, code),
    mend: (name) => void failing.delete(name),
    failed: (name) => failures.get(name) ?? 0,
    stop: () => {
      dns.lookup = real;
    },
  };
}
