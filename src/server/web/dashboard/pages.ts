import type { Dashboard } from './dashboard.ts';
import { addDeadPage } from './pages/dead/deadPage.ts';
import { addDoctorPage } from './pages/doctorPage.ts';
import { addGapsPage } from './pages/gapsPage.ts';
import { addHistoryPage } from './pages/historyPage.ts';
import { addHoldsPage } from './pages/holdsPage.ts';
import { addLogPage } from './pages/logPage.ts';
import { addNotFoundPage } from './pages/notFoundPage.ts';
import { addOverviewPage } from './pages/overviewPage.ts';
import { addQueuePage } from './pages/queuePage.ts';
import { addSceneActions } from './pages/scene/sceneActions.ts';
import { addScenePage } from './pages/scene/scenePage.ts';
import { addSearchPage } from './pages/scene/searchPage.ts';
import { addUndoPage } from './pages/undoPage.ts';
import { addSettingsPage } from './settings/settingsPage.ts';
import { addSetupPages } from './setup/setupPages.ts';

/** Every page, as `src/cli/program.ts` has every command. */
const PAGES: readonly ((dashboard: Dashboard) => void)[] = [
  addOverviewPage,
  addQueuePage,
  addDeadPage,
  addSearchPage,
  addScenePage,
  addSceneActions,
  addHistoryPage,
  addUndoPage,
  addGapsPage,
  addHoldsPage,
  addSettingsPage,
  addDoctorPage,
  addSetupPages,
  addLogPage,
  // It answers whatever is left.
  addNotFoundPage,
];

export function addPages(dashboard: Dashboard): void {
  for (const add of PAGES) add(dashboard);
}
