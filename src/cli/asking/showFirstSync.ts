import type { PathMap } from '../../core/matching/pathMap.ts';
import { NO_TALLY, type PlanTally, tallyAfter, tallyWords, wouldChange } from '../../core/planning/tally.ts';
import type { Trial } from '../../setup/trial.ts';
import { sceneText } from '../commands/plan.ts';
import { wrapLines } from '../output/wrapLines.ts';
import type { SetupTalk } from './setupTalk.ts';

const SCENES_PLANNED = 20;
/** In full; a person reads no more now. */
const SCENES_SHOWN = 3;

/** What the first sync would write, by a sample. Null when it cannot be told now, which is no reason to stop. */
export async function showFirstSync(
  { screen }: SetupTalk,
  trial: Trial,
  { maps, width }: { readonly maps: readonly PathMap[]; readonly width: number | null },
): Promise<PlanTally | null> {
  const planned = await screen.during('Planning the first sync …', () => trial.preview(maps, SCENES_PLANNED));
  if (!planned.ok) {
    screen.found('note', 'First sync', planned.failure.message);
    return null;
  }
  const tally = planned.value.reduce(tallyAfter, NO_TALLY);
  if (tally.scenes === 0) return tally;
  screen.found('good', 'First sync', `a sample of ${tallyWords(tally)}`);
  const shown = planned.value.filter(wouldChange);
  for (const scene of shown.slice(0, SCENES_SHOWN)) {
    screen.gap();
    screen.lines(wrapLines(sceneText(scene, width), width));
  }
  if (shown.length > 0) {
    screen.gap();
    screen.lines('Nothing was written. Later `plexsync plan 42` shows any scene like this.');
  }
  return tally;
}
