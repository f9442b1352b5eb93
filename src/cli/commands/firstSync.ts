import type { Command } from 'commander';
import { fieldCounts, type PlanTally, reasonCountWords, tallyWords } from '../../core/planning/tally.ts';
import { ago } from '../../core/words/timeInWords.ts';
import type { Operations, PlannedScene, Status } from '../../engine/operations.ts';
import { FIRST_SYNC_ACCEPTED, firstSyncWords } from '../../engine/words/decisionWords.ts';
import { reconcileWords } from '../../engine/words/reconcileWords.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Column, textTable } from '../output/textTable.ts';
import { type Answer, type Run, type Session, valueOf } from '../run.ts';
import { sceneText } from './plan.ts';

export function addFirstSyncCommand(program: Command, run: Run): void {
  program
    .command('first-sync')
    .description('show what the first comparison of everything would write to Plex')
    .option('--run', 'accept it: compare everything, and write from now on')
    .action(({ run: isMeant }: { readonly run?: true }) =>
      run.withOperations((session) =>
        isMeant === true ? accept(session) : show(session.operations, run.context),
      ),
    );
}

async function accept(session: Session): Promise<Answer> {
  const counts = valueOf(await session.operations.runFirstSync());
  if (!counts.wasAsking) return { json: counts, text: FIRST_SYNC_ACCEPTED };
  return answerQueued(session, { counts, words: firstSyncWords(counts), isComparison: true });
}

async function show(
  operations: Operations,
  { now, width }: Pick<Run['context'], 'now' | 'width'>,
): Promise<Answer> {
  const { firstSync, reconcile } = await operations.status();
  if (firstSync === null) return { json: { firstSync, sample: [] }, text: FIRST_SYNC_ACCEPTED };
  const { report } = firstSync;
  if (report === null) {
    return { json: { firstSync, sample: [] }, text: beforeReport(reconcile, now()) };
  }
  const planned = report.sample.length === 0 ? null : await operations.plan(report.sample);
  const sample = planned === null || !planned.ok ? [] : planned.value;
  const text = [
    `Compared ${ago(report.endedAt, now())}, and nothing was written. ${tallyWords(report.tally)}.`,
    ...fieldsText(report.tally, width),
    ...sampleText(sample, width),
    ...(planned?.ok === false ? [`No sample now: ${planned.failure.message}`] : []),
    ...(report.tally.wouldChange > sample.length ? ['`plexsync plan --all` shows all of them.'] : []),
    '`plexsync first-sync --run` writes all this, and lets later comparisons write what differs.',
  ].join('\n\n');
  return { json: { firstSync, sample }, text };
}

function beforeReport(reconcile: Status['reconcile'], now: number): string {
  if (reconcile.running === null) {
    return 'Nothing was compared yet. `plexsync sync --all` compares everything, and writes nothing until you accept what it finds.';
  }
  return `Everything is compared, and nothing is written: it ${reconcileWords(reconcile, now)}.`;
}

type FieldRow = readonly [field: string, items: number];

function fieldsText(tally: PlanTally, width: number | null): readonly string[] {
  const rows = fieldCounts(tally);
  if (rows.length === 0) return [];
  const columns: Column<FieldRow>[] = [
    { title: 'FIELD', value: ([field]) => field },
    { title: 'ITEMS', value: ([, items]) => items },
    { title: 'WHY', value: ([field]) => reasonCountWords(tally, field) },
  ];
  return [textTable(rows, columns, width)];
}

const sampleText = (sample: readonly PlannedScene[], width: number | null): readonly string[] =>
  sample.length === 0
    ? []
    : [
        `The first ${sample.length} that would change, as of now:`,
        ...sample.map((scene) => sceneText(scene, width)),
      ];
