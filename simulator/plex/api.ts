import type { Element } from './encoding.ts';
import type { Query } from './query.ts';

/** Whom a token stands for. Play state and ratings are each user's own. */
export interface User {
  readonly id: number;
  /** Only the owner may edit. */
  readonly isOwner: boolean;
}

export interface ApiRequest {
  readonly method: string;
  /** Percent-decoded, without the base path of a proxy. */
  readonly path: string;
  readonly query: Query;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  readonly user: User;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: ReplyBody;
}

export type ReplyBody =
  | { readonly kind: 'tree'; readonly root: Element; readonly isDetail: boolean }
  | { readonly kind: 'text'; readonly contentType: string; readonly text: string }
  | { readonly kind: 'picture'; readonly contentType: string; readonly bytes: Buffer };

/** What a request is for; the request log counts by it. */
export type RequestKind =
  | 'identity'
  | 'server'
  | 'index'
  | 'details'
  | 'edits'
  | 'images'
  | 'state'
  | 'scans'
  | 'notifications'
  | 'other';

export interface Route {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly kind: RequestKind;
  /** For the owner alone. */
  readonly isAdmin: boolean;
  readonly handle: (
    request: ApiRequest,
    parameters: Readonly<Record<string, string>>,
  ) => Reply | Promise<Reply>;
}

export const tree = (root: Element, isDetail = false): Reply => ({
  status: 200,
  body: { kind: 'tree', root, isDetail },
});

/** What mutations answer: nothing, called HTML (plex reference §1). */
export const done: Reply = { status: 200, body: { kind: 'text', contentType: 'text/html', text: '' } };

const TITLES: Readonly<Record<number, string>> = {
  200: 'OK',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  414: 'URI Too Long',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Errors are HTML pages, whatever was accepted (plex reference §1). */
export function htmlPage(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  const title = TITLES[status] ?? 'Error';
  const text = `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>`;
  return { status, headers, body: { kind: 'text', contentType: 'text/html', text } };
}

/** What every path answers while the server starts, `/identity` too (plex reference §1). */
export const maintenancePage: Reply = {
  status: 503,
  body: {
    kind: 'text',
    contentType: 'text/xml;charset=utf-8',
    text: '<Response code="503" title="Maintenance" status="Plex Media Server is currently running startup maintenance tasks."/>',
  },
};

export const notFound = htmlPage(404);
export const badRequest = htmlPage(400);
