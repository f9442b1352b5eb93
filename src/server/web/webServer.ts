import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Settings } from '../../core/settings/table.ts';
import type { RunningDaemon } from '../../engine/daemon.ts';
import { allMeters, type Meter } from '../../engine/meter.ts';
import type { Logger } from '../../log/logger.ts';
import type { RecentLines } from '../../log/recentLines.ts';
import type { SettingsPlace } from '../../setup/settingsPlace.ts';
import { type AccessSettings, admissionOf } from './access.ts';
import { ActivityRecorder } from './activity/activityRecorder.ts';
import { readDashboardAssets } from './dashboard/assets.ts';
import { dashboardApp } from './dashboard/dashboard.ts';
import { isLoopback } from './hostNames.ts';
import { createMetrics } from './metrics/metrics.ts';
import { webApp } from './webApp.ts';
import type { WebPort } from './webPort.ts';

export type WebSettings = Pick<Settings, 'http_port'> & AccessSettings;

export type ShownDaemon = Pick<RunningDaemon, 'operations' | 'store' | 'readiness' | 'pictures' | 'stashUrl'>;

/** What outlives a daemon that is put together anew in the same process. */
export interface WebOfProcess {
  /** Where it is opened; its owner closes it. */
  readonly door: WebPort;
  /** What the logger of the process has written last. */
  readonly recentLog: RecentLines;
}

export interface WebServer {
  /** To be given to the daemon that it is to show. */
  readonly meter: Meter;
  /** Never fails: where it cannot listen, the log says so, and work goes on. */
  listen(daemon: ShownDaemon, parts: ListenParts): Promise<Listening>;
}

export interface ListenParts {
  readonly logger: Logger;
  readonly settingsPlace: SettingsPlace;
}

export interface Listening {
  /** Where; null when it could not. */
  readonly url: string | null;
  close(): Promise<void>;
}

export function createWebServer(settings: WebSettings, { door, recentLog }: WebOfProcess): WebServer {
  const { http_port: port, http_bind: bind, http_hosts, http_password, http_token: token } = settings;
  const access = { http_bind: bind, http_hosts, http_password, http_token: token };
  const metrics = createMetrics();
  const activity = new ActivityRecorder(Date.now);
  return {
    meter: allMeters(metrics.meter, activity.meter),
    listen: async ({ operations, store, readiness, pictures, stashUrl }, { logger, settingsPlace }) => {
      const ended = new AbortController();
      const endActivity = await activity.keepIn(store.meta);
      const shared = { operations, access, now: Date.now, logger };
      const dashboard = dashboardApp({
        ...shared,
        meta: store.meta,
        ended: ended.signal,
        settingsPlace,
        recentLog,
        activity: () => activity.current(),
        pictures,
        stashUrl,
        assets: await readDashboardAssets(),
        addressOf: (context) => getConnInfo(context).remote.address ?? 'unknown',
      });
      const app = webApp({ ...shared, store, readiness, metrics, dashboard });
      const respond = getRequestListener(app.fetch);
      let url: string;
      try {
        url = await door.open(port, bind, (request, response) => void respond(request, response));
      } catch (error) {
        logger.error(
          { error },
          `nothing answers on http_port: ${bind}:${port} cannot be used; correct http_bind or http_port and start PlexSync anew`,
        );
        return { url: null, close: endActivity };
      }
      logger.info({ url }, 'the dashboard, /healthz, /readyz and /metrics answer');
      if (admissionOf(access) === 'closed') {
        logger.warn('no dashboard beyond this machine without http_password: it is refused');
      }
      if (token === '' && !isLoopback(bind)) {
        logger.warn('no metrics beyond this machine without http_token: /metrics is refused');
      }
      return {
        url,
        close: async () => {
          ended.abort();
          door.rest();
          await endActivity();
        },
      };
    },
  };
}
