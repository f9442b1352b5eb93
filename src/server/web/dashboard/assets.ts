import { createHash } from 'node:crypto';
import type { Dashboard } from './dashboard.ts';

/** In a bundle: what scripts/dashboardAssets.ts made. */
declare const PLEXSYNC_DASHBOARD_ASSETS: DashboardAssets | undefined;

export interface DashboardAssets {
  /** Of `browser/`, with the libraries that it uses. */
  readonly script: string;
  readonly style: string;
}

/** Unbuilt, they are made of the sources here and now. */
export async function readDashboardAssets(): Promise<DashboardAssets> {
  if (typeof PLEXSYNC_DASHBOARD_ASSETS !== 'undefined') return PLEXSYNC_DASHBOARD_ASSETS;
  const maker = new URL('../../../../scripts/dashboardAssets.ts', import.meta.url);
  const { dashboardAssets } = (await import(maker.href)) as {
    readonly dashboardAssets: () => Promise<DashboardAssets>;
  };
  return dashboardAssets();
}

/** Their names change with what is in them, so that browsers keep them for good. */
export const assetPath = (name: 'script.js' | 'style.css', content: string): string =>
  `/assets/${createHash('sha256').update(content).digest('hex').slice(0, 12)}/${name}`;

export function addAssets({ app, parts: { assets } }: Dashboard): void {
  const all = [
    [assetPath('script.js', assets.script), assets.script, 'text/javascript; charset=utf-8'],
    [assetPath('style.css', assets.style), assets.style, 'text/css; charset=utf-8'],
  ] as const;
  for (const [path, content, type] of all) {
    app.get(path, (context) =>
      context.body(content, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    );
  }
}
