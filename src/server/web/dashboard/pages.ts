import type { Dashboard } from './dashboard.ts';
import { addNotFoundPage } from './pages/notFoundPage.ts';
import { addOverviewPage } from './pages/overviewPage.ts';

/** Every page, as `src/cli/program.ts` has every command. */
const PAGES: readonly ((dashboard: Dashboard) => void)[] = [
  addOverviewPage,
  // It answers whatever is left.
  addNotFoundPage,
];

export function addPages(dashboard: Dashboard): void {
  for (const add of PAGES) add(dashboard);
}
