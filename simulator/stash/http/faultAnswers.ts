import type { ServerResponse } from 'node:http';
import type { FaultName } from '../faults.ts';
import { GRAPHQL_TYPE, HTML, send, unauthorized } from './send.ts';

/** The others need the request carried out. */
export function isAnsweredBefore(fault: FaultName): boolean {
  return !['slow', 'cut', 'busy', 'needsMigration'].includes(fault);
}

/** In place of carrying the request out. */
export function answerFault(fault: FaultName, response: ServerResponse): void {
  switch (fault) {
    case 'html':
      return send(response, { status: 200, type: 'text/html', body: HTML });
    case 'proxyDown':
      return send(response, { status: 502, type: 'text/html', body: '<h1>502 Bad Gateway</h1>' });
    case 'login':
      response.writeHead(302, { Location: '/login?returnURL=%2F', 'Content-Length': 0 }).end();
      return;
    case 'serverError':
      return send(response, { status: 500, type: 'text/plain', body: 'internal error' });
    case 'unauthorized':
      return unauthorized(response);
    case 'nullData':
      return send(response, { status: 200, type: GRAPHQL_TYPE, body: '{"data":null}' });
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'badRequest':
      return send(response, { status: 400, type: GRAPHQL_TYPE, body: BAD_REQUEST });
    default:
      // `silent`: the connection stays open and nothing comes.
      return;
  }
}

const BAD_REQUEST =
  '{"errors":[{"message":"Cannot query field \\"later\\" on type \\"Scene\\".","locations":[{"line":1,"column":1}],' +
  '"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}';

export function cutInTheMiddle(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': GRAPHQL_TYPE, 'Content-Length': Buffer.byteLength(body) });
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
}
