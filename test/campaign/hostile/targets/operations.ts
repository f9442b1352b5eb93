import { Hono } from 'hono';
import { controlApp } from '../../../../src/server/controlApp.ts';
import { CONTROL_OPERATIONS, operationPath } from '../../../../src/server/controlOperations.ts';
import { bears, isKnownHost } from '../../../../src/server/web/access.ts';
import { ON_THIS_MACHINE, visitor } from '../../../../src/server/web/dashboard/testing/visitor.ts';
import { createMetrics } from '../../../../src/server/web/metrics/metrics.ts';
import { webApp } from '../../../../src/server/web/webApp.ts';
import { fakeOperations, quietStatus } from '../../../fakes/fakeOperations.ts';
import { collectLog } from '../../../world/collectedLog.ts';
import { strangeMarkup } from '../../../world/strangeMarkup.ts';
import { bytesOf, demand, jsonBytes, type Target, textOf } from '../target.ts';

const NAMES = Object.keys(CONTROL_OPERATIONS);
const INPUTS = [
  undefined,
  { states: ['dead'], limit: 10 },
  { class: 'rejected', limit: 10 },
  { kind: 'scenes', scenes: ['1', '2'] },
  { kind: 'recent', sinceMs: 1 },
  { kind: 'subjects', subjects: [{ kind: 'tag', id: '7' }] },
  { limit: 10 },
  ['1', '2'],
  { after: null, limit: 10 },
  { scene: '1', since: 0, before: 3, limit: 10 },
  { selection: { kind: 'writes', writes: [1, 2] }, isForced: false, limit: 10 },
  { selection: { kind: 'scene', scene: '1' }, isForced: true },
  { scenes: ['1'], reason: 'a' },
];

/** Every operation of the control socket; none is reached by an input that does not fit. */
const control: Target = {
  name: 'bodies of the control API',
  seeds: INPUTS.map((input) => jsonBytes({ input })),
  weight: 10,
  open() {
    const log = collectLog([]);
    const operations = fakeOperations();
    const app = controlApp(operations, log.logger);
    let number = 0;
    return Promise.resolve({
      async feed(input: Uint8Array) {
        number += 1;
        const path = operationPath(NAMES[number % NAMES.length] ?? 'status');
        const body = new Uint8Array(input);
        const answer = await app.request(path, {
          method: 'POST',
          body,
          headers: { 'content-length': String(body.length) },
        });
        const text = await answer.text();
        demand(
          [200, 400, 413].includes(answer.status),
          `${path} takes it or refuses it, and does not answer ${answer.status}`,
        );
        demand(answer.status === 200 || text.length < 20_000, 'a refusal is some words');
      },
    });
  },
};

const ACCESS = { http_bind: '0.0.0.0', http_hosts: ['nas.example'], http_password: '', http_token: 'token' };

/** Requests over TCP: the input is the path, the host and what is to prove who asks. */
const web: Target = {
  name: 'requests of the HTTP API',
  seeds: [
    '/metrics\n127.0.0.1:7475\nBearer token',
    '/healthz\nlocalhost\n',
    '/readyz\n[::1]\nBasic x',
    '/..%2f..%2fetc/passwd\nnas.lan\n',
  ].map(bytesOf),
  weight: 4,
  open() {
    const app = webApp({
      operations: fakeOperations(),
      readiness: () => Promise.resolve(quietStatus),
      store: { meta: { get: () => Promise.resolve(null) }, queue: { census: () => Promise.resolve([]) } },
      metrics: createMetrics(),
      access: ACCESS,
      dashboard: new Hono(),
      now: () => 0,
      logger: collectLog(['token']).logger,
    });
    return Promise.resolve({
      async feed(input: Uint8Array) {
        const [path = '', host = '', authorization = ''] = textOf(input).split('\n');
        bears(authorization, 'token');
        isKnownHost(host, ACCESS);
        const url = URL.parse(`http://plexsync/${path.replace(/^\/+/, '')}`);
        const header = (text: string): string =>
          Buffer.from(text.replace(/[^\t -~]/g, ''))
            .toString('latin1')
            .trim();
        if (url === null) return;
        const headers = { host: header(host), authorization: header(authorization) };
        const answer = await app.request(url, { headers });
        const isKnown = /^Bearer +token *$/i.test(headers.authorization);
        demand(
          [200, 401, 404, 421, 503].includes(answer.status),
          `an answer is one of a few, and not ${answer.status}`,
        );
        if (url.pathname === '/metrics' && answer.status === 200) demand(isKnown, 'metrics need the token');
      },
    });
  },
};

const ADDRESSES = [
  '/',
  '/queue',
  '/history?scene=1',
  '/gaps',
  '/settings',
  '/log',
  '/undo?writes=1',
  '/sign-in?to=/queue',
];

/** A page by any address, and any form to it: nothing of what was sent comes back as markup. */
const pages: Target = {
  name: 'addresses and forms of the dashboard',
  seeds: [...ADDRESSES, '/sign-in\npassword=a&to=//evil.example', '/queue\naction=retry&class=rejected'].map(
    bytesOf,
  ),
  weight: 2,
  open() {
    const { ask } = visitor({ access: ON_THIS_MACHINE });
    return Promise.resolve({
      async feed(input: Uint8Array) {
        const [address = '', form] = textOf(input.subarray(0, 20_000)).split('\n');
        const path = `/${address.replace(/^\/+/, '')}`;
        if (URL.parse(`http://plexsync${path}`) === null) return;
        const fields = form === undefined ? undefined : Object.fromEntries(new URLSearchParams(form));
        const answer = await ask(path, fields === undefined ? {} : { form: fields });
        demand(answer.status < 500 || answer.status === 503, `a page answers, and not with ${answer.status}`);
        demand(
          strangeMarkup(answer.text) === null,
          `a page holds no markup of others: ${strangeMarkup(answer.text)}`,
        );
        const to = answer.to === null ? null : URL.parse(answer.to, 'http://plexsync');
        demand(to === null || to.host === 'plexsync', 'a page leads nowhere else');
      },
    });
  },
};

export const OPERATION_TARGETS: readonly Target[] = [control, web, pages];
