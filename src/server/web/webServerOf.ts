import type { RecentLines } from '../../log/recentLines.ts';
import type { WebServer, WebSettings } from './webServer.ts';

/** Null when no port is to be opened: then nothing of it is loaded. */
export async function webServerOf(settings: WebSettings, recentLog: RecentLines): Promise<WebServer | null> {
  if (settings.http_port === 0) return null;
  const { createWebServer } = await import('./webServer.ts');
  return createWebServer(settings, recentLog);
}
