import { type Command, InvalidArgumentError } from 'commander';
import type { SceneId } from '../../core/ids.ts';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import { changeWords } from '../../core/words/changeWords.ts';
import type {
  PlannedFieldUndo,
  PlannedUndo,
  UndoAsked,
  UndoPlan,
  UndoRequest,
  UndoSelection,
} from '../../engine/undoOperations.ts';
import {
  heldAfterUndoWords,
  NOTHING_TO_UNDO,
  plannedUndoWords,
  scenesNotShown,
  UNDO_OUTCOMES,
  undoNoteWords,
  undoneWords,
  undoPlanWords,
} from '../../engine/words/undoWords.ts';
import type { UndoReport } from '../../store/undos.ts';
import { parseSceneId, parseTime } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { type Column, textTable } from '../output/textTable.ts';
import { type Answer, type Run, type Session, valueOf } from '../run.ts';

/** Scenes of which is shown what would become of them. */
const SHOWN_SCENES = 20;
const NOTES = 20;
const LOOK_MS = 500;
/** Without a step forward: then something stands in the way, and status says what. */
const PATIENCE_MS = 20_000;

interface UndoOptions {
  readonly scene?: SceneId;
  readonly since?: string;
  readonly force?: true;
  readonly yes?: true;
}

export function addUndoCommand(program: Command, run: Run): void {
  program
    .command('undo')
    .description('put back in Plex what was there before a write, locks too, and hold the scene')
    .argument('[writes...]', 'writes as `plexsync history` names them, such as w42', parseWrites, [])
    .option('--scene <id>', 'all writes to one scene', parseSceneId)
    .option('--since <time>', 'all writes from then on: 2h, 3d, today, yesterday, 2026-01-31T14:00')
    .option('--force', 'also what was changed in Plex since')
    .option('--yes', 'do not ask')
    .action((writes: readonly number[], options: UndoOptions) => {
      const selection = selectionOf(writes, options, run.context.now());
      const request = { selection, isForced: options.force === true };
      return run.withOperations((session) => undo(request, { session, run, isMeant: options.yes === true }));
    });
}

function parseWrites(text: string, before: readonly number[] = []): readonly number[] {
  const [, id] = /^w([1-9]\d{0,14})$/.exec(text) ?? [];
  if (id !== undefined) return [...before, Number(id)];
  throw new InvalidArgumentError(
    'A write is named as in `plexsync history`, such as w42; for all of a scene: --scene 42.',
  );
}

function selectionOf(writes: readonly number[], { scene, since }: UndoOptions, now: number): UndoSelection {
  const ways = [writes.length > 0, scene !== undefined, since !== undefined].filter(Boolean).length;
  if (ways !== 1)
    throw new CommandFailure('usage', 'Say what: writes such as w42, --scene <id>, or --since <time>.');
  if (scene !== undefined) return { kind: 'scene', scene };
  return since === undefined ? { kind: 'writes', writes } : { kind: 'since', since: parseTime(since, now) };
}

interface Asking {
  readonly session: Session;
  readonly run: Run;
  readonly isMeant: boolean;
}

async function undo(request: UndoRequest, { session, run, isMeant }: Asking): Promise<Answer> {
  const { operations } = session;
  const plan = valueOf(await operations.planUndo({ ...request, limit: SHOWN_SCENES }));
  if (plan.writes === 0) return { json: { plan, undone: false }, text: NOTHING_TO_UNDO };
  if (!isMeant) {
    const { ask } = run.context;
    if (ask === null || run.isForPrograms) {
      if (!run.isForPrograms) run.context.out(`${planText(plan, run.context.width)}\n`);
      throw new CommandFailure(
        'usage',
        'Nothing was undone: nobody can be asked here.',
        'Add --yes if it is meant.',
      );
    }
    run.context.out(`${planText(plan, run.context.width)}\n`);
    if (!(await ask('Undo this?'))) return { json: { plan, undone: false }, text: 'Nothing was undone.' };
  } else if (!run.isForPrograms) run.context.out(`${planText(plan, run.context.width)}\n`);
  const asked = valueOf(await operations.undo(request));
  const report = await follow(asked, session, run);
  return {
    json: { plan, undone: true, ...asked, report },
    text: reportText(asked, report),
    exit: report.open > 0 && !session.hasDaemon ? 'failed' : 'done',
  };
}

/** Until all is done, or nothing moves any more. */
async function follow(
  { askedAt, writes }: UndoAsked,
  { operations, drain, hasDaemon }: Session,
  { context }: Run,
): Promise<UndoReport> {
  let isDraining = !hasDaemon;
  const drained = hasDaemon ? Promise.resolve() : drain().finally(() => (isDraining = false));
  let [open, movedAt] = [writes, context.now()];
  for (;;) {
    const report = await operations.undoReport({ since: askedAt, limit: NOTES });
    if (report.open < open) [open, movedAt] = [report.open, context.now()];
    const isStuck = context.now() - movedAt > PATIENCE_MS;
    if (report.open === 0 || (hasDaemon ? isStuck : !isDraining)) {
      await drained;
      return operations.undoReport({ since: askedAt, limit: NOTES });
    }
    if (context.isLogOnTerminal) context.err(`\rUndone: ${report.done} of ${writes} `);
    await context.sleep(LOOK_MS);
  }
}

function planText(plan: UndoPlan, width: number | null): string {
  const more = scenesNotShown(plan);
  return [
    undoPlanWords(plan),
    ...plan.shown.map((each) => undoText(each, width)),
    ...(more > 0 ? [`… and ${counted(more, 'more scene')}.`] : []),
  ].join('\n\n');
}

function undoText(planned: PlannedUndo, width: number | null): string {
  const words = visibleText(plannedUndoWords(planned));
  if (planned.failure !== null) return words;
  return [words, textTable(planned.fields, COLUMNS, width, { titles: false })].join('\n');
}

const COLUMNS: readonly Column<PlannedFieldUndo>[] = [
  { title: 'FIELD', value: ({ change }) => `  ${change.field}` },
  {
    title: 'CHANGE',
    value: ({ change, outcome }) => (outcome === 'back' ? changeWords(change) : ''),
    isCut: true,
  },
  {
    title: 'OUTCOME',
    value: ({ outcome }) => `${UNDO_OUTCOMES[outcome]}${outcome === 'left' ? ' (--force)' : ''}`,
  },
];

function reportText(asked: UndoAsked, report: UndoReport): string {
  const { writes, scenes } = asked;
  const { open, left, notes } = report;
  return [
    open === 0
      ? undoneWords(asked, report)
      : `${counted(open, 'write')} of ${writes} still to be undone; it goes on by itself, and \`plexsync status\` says what it waits for.`,
    ...notes.map((note) => visibleText(`  ${undoNoteWords(note)}`)),
    ...(left > notes.length ? [`  … and ${left - notes.length} more.`] : []),
    `${heldAfterUndoWords(scenes)}: \`plexsync holds\`, \`plexsync release\`.`,
  ].join('\n');
}
