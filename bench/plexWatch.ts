import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RequestKind = 'edits' | 'details' | 'index' | 'identity' | 'other';
export type RequestCounts = { [Kind in RequestKind]: number };

/** Passes everything on to a Plex, and tells what was asked and when an edit was taken. */
export interface PlexWatch {
  readonly url: string;
  /** Since this was last asked. */
  takeCounts(): RequestCounts;
  /** Resolves, with the time by `performance.now()`, when Plex has taken an edit that sends this text. */
  editWith(text: string): Promise<number>;
  /** Items that took an edit which sends this text, and when the last of them did. */
  edited(text: string): { readonly items: number; readonly lastAt: number };
  close(): void;
}

interface TakenEdit {
  readonly id: string;
  readonly values: readonly string[];
  readonly at: number;
}

export async function watchPlex(plexUrl: string): Promise<PlexWatch> {
  let counts = noRequests();
  const taken: TakenEdit[] = [];
  const waiting = new Map<string, (at: number) => void>();
  const noteEdit = (query: URLSearchParams): void => {
    const edit = { id: query.get('id') ?? '', values: [...query.values()], at: performance.now() };
    taken.push(edit);
    for (const value of edit.values) {
      waiting.get(value)?.(edit.at);
      waiting.delete(value);
    }
  };
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', plexUrl);
    counts[kindOf(incoming.method ?? '', url)]++;
    passOn({ incoming, outgoing, url, onTaken: () => noteEdit(url.searchParams) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCounts: () => {
      const before = counts;
      counts = noRequests();
      return before;
    },
    editWith: (text) => new Promise((resolve) => waiting.set(text, resolve)),
    edited: (text) => {
      const edits = taken.filter(({ values }) => values.includes(text));
      return {
        items: new Set(edits.map(({ id }) => id)).size,
        lastAt: Math.max(0, ...edits.map(({ at }) => at)),
      };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Passage {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly url: URL;
  readonly onTaken: () => void;
}

function passOn({ incoming, outgoing, url, onTaken }: Passage): void {
  const { method } = incoming;
  const headers = { ...incoming.headers, host: url.host };
  const onward = request(url, { method, headers }, (answer) => {
    if (method === 'PUT' && answer.statusCode === 200) onTaken();
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

function kindOf(method: string, { pathname }: URL): RequestKind {
  if (method === 'PUT') return 'edits';
  if (pathname === '/identity') return 'identity';
  if (pathname.startsWith('/library/metadata/')) return 'details';
  return pathname.startsWith('/library/sections') ? 'index' : 'other';
}

const noRequests = (): RequestCounts => ({ edits: 0, details: 0, index: 0, identity: 0, other: 0 });
