import { Hono } from 'hono';
import type { RunningDaemon } from '../../engine/daemon.ts';
import type { Operations } from '../../engine/operations.ts';
import type { Logger } from '../../log/logger.ts';
import type { Store } from '../../store/port.ts';
import { thrownWords } from '../thrownWords.ts';
import { bears } from './bearer.ts';
import { isLoopback, isPrivateHost } from './hostNames.ts';
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
  /** The address that it listens at. */
  readonly bind: string;
  /** Empty: none is asked for, and only loopback gets the metrics. */
  readonly token: string;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Any key of the database does to see that it answers. */
const ANY_KEY = 'reconcile';

/**
 * What programs of operators ask over TCP: whether the process lives, whether it can work, and its numbers. All of
 * it reads, and none of it says a title, a path or a secret.
 */
export function webApp(options: WebAppOptions): Hono {
  const { operations, store, metrics, logger } = options;
  const app = new Hono();
  app.use(async (context, next) => {
    const knowsToken = bears(context.req.header('authorization'), options.token);
    if (!knowsToken && !isPrivateHost(context.req.header('host'))) {
      return context.text('Ask by an IP address or a private name, or with the token (http_token).\n', 421);
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
    const { bind, token, now } = options;
    if (token === '' && !isLoopback(bind)) {
      return context.text('Set http_token, and send it as Authorization: Bearer.\n', 403);
    }
    if (token !== '' && !bears(context.req.header('authorization'), token)) {
      return context.text('Send http_token as Authorization: Bearer.\n', 401, {
        'www-authenticate': 'Bearer',
      });
    }
    const [status, jobs] = await Promise.all([operations.status(), store.queue.census()]);
    return context.body(await metrics.text({ status, jobs, now: now() }), 200, {
      'content-type': metrics.contentType,
    });
  });
  app.notFound((context) => context.text('Not here. There are /healthz, /readyz and /metrics.\n', 404));
  app.onError((error, context) => {
    // Its words name files, and whoever asks may be a stranger.
    thrownWords(error, logger, { path: context.req.path });
    return context.text('not ok: see the log\n', 503);
  });
  return app;
}
