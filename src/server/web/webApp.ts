import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { RunningDaemon } from '../../engine/daemon.ts';
import type { Operations } from '../../engine/operations.ts';
import type { Logger } from '../../log/logger.ts';
import type { Store } from '../../store/port.ts';
import { thrownWords } from '../thrownWords.ts';
import { type AccessSettings, bears, isKnownHost } from './access.ts';
import { isLoopback } from './hostNames.ts';
import type { Metrics } from './metrics/metrics.ts';
import { hindrancesOf } from './readiness.ts';

export interface WebAppOptions {
  readonly operations: Pick<Operations, 'status'>;
  readonly readiness: RunningDaemon['readiness'];
  readonly store: {
    readonly meta: Pick<Store['meta'], 'get'>;
    readonly queue: Pick<Store['queue'], 'census'>;
  };
  readonly metrics: Metrics;
  readonly access: AccessSettings;
  /** What else there is: the pages for people. */
  readonly dashboard: Hono;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Any key of the database does to see that it answers. */
const ANY_KEY = 'reconcile';

/**
 * All that is asked over TCP. What programs of operators ask – whether the process lives, whether it can work, and its
 * numbers – says no title, path or secret; everything else is the dashboard's, which lets people in itself.
 */
export function webApp(options: WebAppOptions): Hono {
  const { operations, store, metrics, access, logger } = options;
  const app = new Hono();
  app.use(async (context, next) => {
    const knowsToken = bears(context.req.header('authorization'), access.http_token);
    if (!knowsToken && !isKnownHost(context.req.header('host'), access)) {
      return context.text(
        'Ask by an IP address, a private name, or one of http_hosts; or with the token (http_token).\n',
        421,
      );
    }
    context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
    return next();
  });
  app.get('/healthz', async (context) => {
    await store.meta.get(ANY_KEY);
    return context.text('ok\n');
  });
  app.get('/readyz', async (context) => {
    const hindrances = hindrancesOf(await options.readiness());
    return hindrances.length === 0
      ? context.text('ok\n')
      : context.text(`not ready: ${hindrances.join('; ')}\n`, 503);
  });
  app.get('/metrics', async (context) => {
    const { http_bind: bind, http_token: token } = access;
    if (token === '' && !isLoopback(bind)) {
      return context.text('Set http_token, and send it as Authorization: Bearer.\n', 403);
    }
    if (token !== '' && !bears(context.req.header('authorization'), token)) {
      return context.text('Send http_token as Authorization: Bearer.\n', 401, {
        'www-authenticate': 'Bearer',
      });
    }
    const [status, jobs] = await Promise.all([operations.status(), store.queue.census()]);
    return context.body(await metrics.text({ status, jobs, now: options.now() }), 200, {
      'content-type': metrics.contentType,
    });
  });
  app.route('/', options.dashboard);
  app.notFound((context) => context.text('Not here.\n', 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    // Its words name files, and whoever asks may be a stranger.
    thrownWords(error, logger, { path: context.req.path });
    return context.text('not ok: see the log\n', 503);
  });
  return app;
}
