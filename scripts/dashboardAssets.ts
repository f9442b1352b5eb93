import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DashboardAssets } from '../src/server/web/dashboard/assets.ts';
import { bundleScript, ROOT } from './bundleScript.ts';

const FOLDER = 'src/server/web/dashboard/browser';

/** What the pages of the dashboard load, and which files it is made of. */
export async function buildDashboardAssets(): Promise<
  DashboardAssets & { readonly inputs: readonly string[] }
> {
  const { bytes, inputs } = await bundleScript(`${FOLDER}/main.ts`, {
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
  });
  const style = await readFile(join(ROOT, FOLDER, 'dashboard.css'), 'utf8');
  return { script: new TextDecoder().decode(bytes), style, inputs };
}

let made: Promise<DashboardAssets> | null = null;

/** Once a process. */
export function dashboardAssets(): Promise<DashboardAssets> {
  made ??= buildDashboardAssets();
  return made;
}
