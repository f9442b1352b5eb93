import { type PreviewCounts, previewCounts } from '../../core/firstRun/previewCounts.ts';
import type { PathMap } from '../../core/matching/pathMap.ts';
import type { Trial } from '../../setup/trial.ts';
import { sceneText } from '../commands/plan.ts';
import { wrapText } from '../output/wrapText.ts';
import type { SetupTalk } from './setupTalk.ts';

const SCENES_PLANNED = 20;
/** In full; a person reads no more now. */
const SCENES_SHOWN = 3;

/** What the first sync would write, by a sample. Null when it cannot be told now, which is no reason to stop. */
export async function showFirstSync(
  { screen }: SetupTalk,
  trial: Trial,
  { maps, width }: { readonly maps: readonly PathMap[]; readonly width: number | null },
): Promise<PreviewCounts | null> {
  const planned = await screen.during('Planning the first sync …', () => trial.preview(maps, SCENES_PLANNED));
  if (!planned.ok) {
    screen.found('note', 'First sync', planned.failure.message);
    return null;
  }
  const counts = previewCounts(planned.value);
  if (counts.scenes === 0) return counts;
  const { scenes, written, same, leftOut, failed } = counts;
  const rest = [
    same > 0 ? `${same} already the same` : '',
    leftOut > 0 ? `${leftOut} left out` : '',
    failed > 0 ? `${failed} not clear` : '',
  ].filter(Boolean);
  screen.found(
    'good',
    'First sync',
    [`of ${scenes} scenes, ${written} would be written`, ...rest].join(', '),
  );
  if (counts.fields.length > 0) {
    screen.detail(counts.fields.map(({ field, items }) => `${field} ${items}`).join(', '));
  }
  const shown = planned.value.filter(({ items }) =>
    items.some(({ decisions }) => decisions.some(({ edit }) => edit !== null)),
  );
  for (const scene of shown.slice(0, SCENES_SHOWN)) {
    screen.gap();
    for (const line of sceneText(scene, width).split('\n'))
      screen.lines(wrapText(line, width).join('\n    '));
  }
  if (shown.length > 0) {
    screen.gap();
    screen.lines('Nothing was written. Later `plexsync plan 42` shows any scene like this.');
  }
  return counts;
}
