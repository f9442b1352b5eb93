import type { WebOfProcess, WebServer, WebSettings } from './webServer.ts';

/** Null when no port is to be opened: then nothing of it is loaded, and what was open is closed. */
export async function webServerOf(settings: WebSettings, kept: WebOfProcess): Promise<WebServer | null> {
  if (settings.http_port === 0) {
    await kept.door.close();
    return null;
  }
  const { createWebServer } = await import('./webServer.ts');
  return createWebServer(settings, kept);
}
