import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  // What the charts are drawn by comes first: our own rules may change it.
  const styles = [
    fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css')),
    join(ROOT, FOLDER, 'dashboard.css'),
  ];
  const style = (await Promise.all(styles.map((path) => readFile(path, 'utf8')))).join('\n');
  return { script: new TextDecoder().decode(bytes), style, inputs };
}

let made: Promise<DashboardAssets> | null = null;

/** Once a process. */
export function dashboardAssets(): Promise<DashboardAssets> {
  made ??= buildDashboardAssets();
  return made;
}
