import type { Command } from 'commander';
import { HELD_BY, type Hold } from '../../core/hold.ts';
import type { SceneId } from '../../core/ids.ts';
import type { Evidence } from '../../core/link.ts';
import { type FieldDecision, REASONS } from '../../core/planning/plan.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { Operations, PlannedScene } from '../../engine/operations.ts';
import { parseSceneIds } from '../arguments.ts';
import { failureWords } from '../output/failureWords.ts';
import { type Column, textTable } from '../output/textTable.ts';
import { localTime } from '../output/timeInWords.ts';
import { valueWords } from '../output/valueWords.ts';
import { type Run, valueOf } from '../run.ts';

/** As many as a person may want to read. */
const QUEUED_AT_MOST = 50;

const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  pinned: 'chosen by a person',
  path: 'same path',
  'name-and-size': 'same file name and size',
  'size-and-duration': 'same size and duration',
};

export function addPlanCommand(program: Command, run: Run): void {
  program
    .command('plan')
    .description('show what would be written to Plex, and why; writes nothing')
    .argument(
      '[ids...]',
      'scenes by their id in Stash; without any, those that are queued',
      parseSceneIds,
      [],
    )
    .action((scenes: readonly SceneId[]) =>
      run.withOperations(async ({ operations }) => {
        const wanted = scenes.length > 0 ? scenes : await queuedScenes(operations);
        const planned = wanted.length > 0 ? valueOf(await operations.plan(wanted)) : [];
        return {
          json: planned,
          text:
            planned.length > 0
              ? planned.map((scene) => sceneText(scene, run.context.width)).join('\n\n')
              : 'Nothing is queued; name the scenes by their ids.',
        };
      }),
    );
}

async function queuedScenes(operations: Operations): Promise<readonly SceneId[]> {
  const jobs = await operations.queue({ states: ['pending', 'running', 'waiting'], limit: QUEUED_AT_MOST });
  return jobs.flatMap(({ subject }) => (subject.kind === 'scene' ? [subject.id] : []));
}

function sceneText(scene: PlannedScene, width: number | null): string {
  const { sceneId, title, items, failure, held, leftOut } = scene;
  const name = visibleText(`Scene ${sceneId}${title === '' ? '' : ` "${title}"`}`);
  const hold = held === null ? '' : `\n  ${visibleText(holdWords(held))}`;
  if (failure !== null) return `${name}${hold}\n  ${visibleText(failureWords(failure))}`;
  if (leftOut !== null) return `${name}${hold}\n  Left out: ${visibleText(leftOut)}.`;
  const plans = items.map((item) => {
    const heading = visibleText(
      `${name} → item ${item.item.ratingKey} "${item.itemTitle}" (${EVIDENCE_WORDS[item.evidence]})`,
    );
    const warnings = item.warnings.map((warning) => `  Note: ${visibleText(warning)}`);
    return [heading + hold, decisionsText(item.decisions, width), ...warnings].join('\n');
  });
  return plans.join('\n');
}

const holdWords = ({ sceneId, at, by, reason }: Hold): string =>
  `Held since ${localTime(at)} by ${HELD_BY[by]}${reason === '' ? '' : ` (${reason})`}: nothing is written until \`plexsync release ${sceneId}\`.`;

/** What is left as it is takes no line, unless something speaks against leaving it. */
function decisionsText(decisions: readonly FieldDecision[], width: number | null): string {
  const shown = decisions.filter(({ edit, reason }) => edit !== null || reason !== 'same');
  if (shown.length === 0) return '  Nothing to write: all fields are the same.';
  const columns: Column<FieldDecision>[] = [
    { title: '  FIELD', value: ({ field }) => `  ${field}` },
    { title: 'PLEX NOW', value: ({ from }) => valueWords(from), isCut: true },
    {
      title: 'WOULD BE',
      value: ({ edit, to }) => (edit === null ? '(left as it is)' : valueWords(to)),
      isCut: true,
    },
    { title: 'WHY', value: ({ reason }) => REASONS[reason] },
  ];
  return textTable(shown, columns, width);
}
