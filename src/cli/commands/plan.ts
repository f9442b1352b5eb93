import type { Command } from 'commander';
import type { Hold } from '../../core/hold.ts';
import type { SceneId } from '../../core/ids.ts';
import { EVIDENCE_WORDS } from '../../core/matching/evidence.ts';
import { REASONS } from '../../core/planning/plan.ts';
import { NO_TALLY, tallyAfter, tallyWords } from '../../core/planning/tally.ts';
import { visibleText } from '../../core/visibleText.ts';
import { failureWords } from '../../core/words/failureWords.ts';
import { heldByWords } from '../../core/words/holdWords.ts';
import { valueWords } from '../../core/words/valueWords.ts';
import type { ImagePlan, Operations, PlannedItem, PlannedScene, PlanPage } from '../../engine/operations.ts';
import {
  imageWords,
  isInStep,
  isTold,
  LEFT_AS_IT_IS,
  NOTHING_TO_WRITE,
} from '../../engine/words/planWords.ts';
import { parseSceneIds } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { localTime } from '../output/localTime.ts';
import type { AnswerPage } from '../output/pagedAnswer.ts';
import { type Column, textTable } from '../output/textTable.ts';
import { type Run, valueOf } from '../run.ts';

/** As many as a person may want to read. */
const QUEUED_AT_MOST = 50;
/** As many as one request to Plex tells of, so that the first ones are soon told. */
const SCENES_AT_ONCE = 50;

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
    .option('--all', 'all scenes, page by page')
    .action((scenes: readonly SceneId[], { all }: { readonly all?: true }) => {
      if (all === true && scenes.length > 0) {
        throw new CommandFailure('usage', 'Say which scenes: ids, or --all.');
      }
      return run.withSession(({ operations }) =>
        all === true
          ? plan(run, { pages: allOf(operations), none: 'Stash has no scenes.' })
          : plan(run, { pages: of(scenes, operations), none: NOTHING_QUEUED }),
      );
    });
}

const NOTHING_QUEUED = 'Nothing is queued; name the scenes by their ids, or --all.';

async function plan(
  run: Run,
  { pages, none }: { readonly pages: AsyncIterable<readonly PlannedScene[]>; readonly none: string },
): Promise<void> {
  let tally = NO_TALLY;
  async function* told(): AsyncGenerator<AnswerPage> {
    for await (const scenes of pages) {
      tally = scenes.reduce(tallyAfter, tally);
      yield { json: scenes, text: scenes.map((scene) => sceneText(scene, run.context.width)).join('\n\n') };
    }
  }
  await run.answerInPages('scenes', told(), () => ({
    json: { summary: tally },
    text: tally.scenes === 0 ? none : `${tallyWords(tally)}.`,
  }));
}

async function* allOf(operations: Operations): AsyncGenerator<readonly PlannedScene[]> {
  for (let after: SceneId | null = null; ; ) {
    const page: PlanPage = valueOf(await operations.planPage({ after, limit: SCENES_AT_ONCE }));
    yield page.scenes;
    if (page.last === null) return;
    after = page.last;
  }
}

async function* of(
  scenes: readonly SceneId[],
  operations: Operations,
): AsyncGenerator<readonly PlannedScene[]> {
  const wanted = scenes.length > 0 ? scenes : await queuedScenes(operations);
  for (let start = 0; start < wanted.length; start += SCENES_AT_ONCE) {
    yield valueOf(await operations.plan(wanted.slice(start, start + SCENES_AT_ONCE)));
  }
}

async function queuedScenes(operations: Operations): Promise<readonly SceneId[]> {
  const jobs = await operations.queue({ states: ['pending', 'running', 'waiting'], limit: QUEUED_AT_MOST });
  return jobs.flatMap(({ subject }) => (subject.kind === 'scene' ? [subject.id] : []));
}

/** Of one scene, item by item and field by field. */
export function sceneText(scene: PlannedScene, width: number | null): string {
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
    return [heading + hold, ...nothingToWrite(item), ...linesText(linesOf(item), width), ...warnings].join(
      '\n',
    );
  });
  return plans.join('\n');
}

const holdWords = (hold: Hold): string =>
  `Held since ${localTime(hold.at)} ${heldByWords(hold)}: nothing is written until \`plexsync release ${hold.sceneId}\`.`;

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
      to: edit === null ? LEFT_AS_IT_IS : valueWords(to),
      why: REASONS[reason],
    }));
  return [...fields, ...images.filter(isTold).map(imageLine)];
}

const imageLine = (image: ImagePlan): Line => ({ field: image.kind, ...imageWords(image) });

const nothingToWrite = (item: PlannedItem): readonly string[] =>
  isInStep(item) ? [`  ${NOTHING_TO_WRITE}`] : [];

function linesText(lines: readonly Line[], width: number | null): readonly string[] {
  if (lines.length === 0) return [];
  const columns: Column<Line>[] = [
    { title: '  FIELD', value: ({ field }) => `  ${field}` },
    { title: 'PLEX NOW', value: ({ from }) => from, isCut: true },
    { title: 'WOULD BE', value: ({ to }) => to, isCut: true },
    { title: 'WHY', value: ({ why }) => why },
  ];
  return [textTable(lines, columns, width)];
}
