import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openBothServers } from '../processes/bothServers.ts';
import type { ChildProcess } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/freePort.ts';
import { serve } from '../processes/plexsync.ts';
import type { BothServers, BothServersRequest } from '../processes/startBothServers.ts';

export interface DashboardUnderTest extends BothServers {
  readonly url: string;
  readonly daemon: ChildProcess;
  /** A new page in a browser of its own, with no session, at a path of the dashboard. */
  visit(path: string, options?: VisitOptions): Promise<Page>;
}

export interface VisitOptions {
  /** A phone's, when absent a desktop's. */
  readonly isPhone?: true;
  readonly colorScheme?: 'dark' | 'light';
}

/** A real daemon with its dashboard, between both simulators. */
export async function openDashboard(
  browser: Browser,
  { env = {}, ...request }: BothServersRequest,
): Promise<DashboardUnderTest> {
  const port = await freePort();
  const servers = await openBothServers({ ...request, env: { PLEXSYNC_HTTP_PORT: String(port), ...env } });
  const daemon = await serve({ env: servers.env, cwd: servers.folder });
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${url}/healthz`));
  return {
    ...servers,
    url,
    daemon,
    visit: async (path, { isPhone, colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({
        colorScheme,
        viewport: isPhone === true ? { width: 360, height: 740 } : { width: 1280, height: 900 },
        hasTouch: isPhone === true,
      });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await page.goto(url + path);
      return page;
    },
  };
}

/** Whether the page as a whole scrolls sideways, as none should on a phone. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
