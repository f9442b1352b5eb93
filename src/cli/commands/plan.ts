import type { Command } from 'commander';
import type { SceneId } from '../../core/ids.ts';
import { SKIP_REASONS } from '../../core/images/cover.ts';
import type { Evidence } from '../../core/link.ts';
import { REASONS } from '../../core/planning/plan.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { ImagePlan, Operations, PlannedItem, PlannedScene } from '../../engine/operations.ts';
import { parseSceneIds } from '../arguments.ts';
import { failureWords } from '../output/failureWords.ts';
import { type Column, textTable } from '../output/textTable.ts';
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

function sceneText({ sceneId, title, items, failure, leftOut }: PlannedScene, width: number | null): string {
  const name = visibleText(`Scene ${sceneId}${title === '' ? '' : ` "${title}"`}`);
  if (failure !== null) return `${name}\n  ${visibleText(failureWords(failure))}`;
  if (leftOut !== null) return `${name}\n  Left out: ${visibleText(leftOut)}.`;
  const plans = items.map((item) => {
    const heading = visibleText(
      `${name} → item ${item.item.ratingKey} "${item.itemTitle}" (${EVIDENCE_WORDS[item.evidence]})`,
    );
    const warnings = item.warnings.map((warning) => `  Note: ${visibleText(warning)}`);
    return [heading, linesText(linesOf(item), width), ...warnings].join('\n');
  });
  return plans.join('\n');
}

interface Line {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** What is left as it is takes no line, unless something speaks against leaving it. */
function linesOf({ decisions, images }: PlannedItem): readonly Line[] {
  const fields = decisions
    .filter(({ edit, reason }) => edit !== null || reason !== 'same')
    .map(({ field, from, to, edit, reason }) => ({
      field,
      from: valueWords(from),
      to: edit === null ? LEFT : valueWords(to),
      why: REASONS[reason],
    }));
  return [...fields, ...images.map(imageLine)];
}

/** Images have a line each, since nobody sees by their names whether they change. */
function imageLine(image: ImagePlan): Line {
  const field = image.kind;
  if (image.failure !== null) return { field, from: '', to: LEFT, why: failureWords(image.failure) };
  const { act, before, skipped, reason } = image;
  const why = skipped === null ? REASONS[reason] : SKIP_REASONS[skipped];
  return { field, from: before ?? '', to: act === 'nothing' ? LEFT : 'the cover', why };
}

const LEFT = '(left as it is)';

function linesText(lines: readonly Line[], width: number | null): string {
  if (lines.length === 0) return '  Nothing to write: all fields are the same.';
  const columns: Column<Line>[] = [
    { title: '  FIELD', value: ({ field }) => `  ${field}` },
    { title: 'PLEX NOW', value: ({ from }) => from, isCut: true },
    { title: 'WOULD BE', value: ({ to }) => to, isCut: true },
    { title: 'WHY', value: ({ why }) => why },
  ];
  return textTable(lines, columns, width);
}
