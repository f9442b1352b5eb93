import type { Dashboard } from './dashboard.ts';
import { addDoctorPage } from './pages/doctorPage.ts';
import { addNotFoundPage } from './pages/notFoundPage.ts';
import { addOverviewPage } from './pages/overviewPage.ts';
import { addSettingsPage } from './settings/settingsPage.ts';
import { addSetupPages } from './setup/setupPages.ts';

/** Every page, as `src/cli/program.ts` has every command. */
const PAGES: readonly ((dashboard: Dashboard) => void)[] = [
  addOverviewPage,
  addSettingsPage,
  addDoctorPage,
  addSetupPages,
  // It answers whatever is left.
  addNotFoundPage,
];

export function addPages(dashboard: Dashboard): void {
  for (const add of PAGES) add(dashboard);
}
