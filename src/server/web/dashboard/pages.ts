import type { Dashboard } from './dashboard.ts';
import { addOverviewPage } from './pages/overviewPage.ts';

/** Every page, as `src/cli/program.ts` has every command. */
export function addPages(dashboard: Dashboard): void {
  for (const add of [addOverviewPage]) add(dashboard);
}
