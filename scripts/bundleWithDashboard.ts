import { type BundledScript, bundleScript, FOR_NODE } from './bundleScript.ts';
import { buildDashboardAssets } from './dashboardAssets.ts';

/** For Node, with what the pages of the dashboard load inside. */
export async function bundleWithDashboard(
  entry: string,
  options: { readonly banner?: { readonly js: string } } = {},
): Promise<BundledScript> {
  const { inputs: shown, ...assets } = await buildDashboardAssets();
  const { bytes, inputs } = await bundleScript(entry, {
    ...FOR_NODE,
    ...options,
    define: { ...FOR_NODE.define, PLEXSYNC_DASHBOARD_ASSETS: JSON.stringify(assets) },
  });
  return { bytes, inputs: [...inputs, ...shown] };
}
