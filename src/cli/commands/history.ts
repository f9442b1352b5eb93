import type { Command } from 'commander';
import type { SceneId } from '../../core/ids.ts';
import { REASONS } from '../../core/planning/plan.ts';
import type { Change, JournalEntry } from '../../store/port.ts';
import { parseCount, parseSceneId } from '../arguments.ts';
import { type Column, textTable } from '../output/textTable.ts';
import { ago, counted } from '../output/timeInWords.ts';
import { valueWords } from '../output/valueWords.ts';
import type { Run } from '../run.ts';

const STATE_WORDS = { sent: 'sent', arrived: 'arrived', 'given-up': 'not kept by Plex' } as const;

export function addHistoryCommand(program: Command, run: Run): void {
  program
    .command('history')
    .description('list what was written to Plex, newest first')
    .argument('[scene]', 'of one scene only', parseSceneId)
    .option('--limit <count>', 'writes shown at most', parseCount, 50)
    .action((scene: SceneId | undefined, { limit }: { readonly limit: number }) =>
      run.withOperations(async ({ operations }) => {
        const entries = await operations.history({ limit, ...(scene === undefined ? {} : { scene }) });
        const more =
          entries.length < limit ? '' : `\nThe last ${counted(limit, 'write')}; --limit shows more.`;
        return { json: entries, text: historyText(entries, run) + more };
      }),
    );
}

/** A write of several fields takes a line for each. */
interface Line {
  readonly entry: JournalEntry;
  readonly change: Change;
}

function historyText(entries: readonly JournalEntry[], { context }: Run): string {
  if (entries.length === 0) return 'Nothing was written yet.';
  const lines = entries.flatMap((entry) => entry.changes.map((change): Line => ({ entry, change })));
  const columns: Column<Line>[] = [
    { title: 'WHEN', value: ({ entry }) => ago(entry.at, context.now()) },
    { title: 'SCENE', value: ({ entry }) => entry.sceneId },
    { title: 'ITEM', value: ({ entry }) => entry.item.ratingKey },
    { title: 'FIELD', value: ({ change }) => change.field },
    { title: 'BEFORE', value: ({ change }) => valueWords(change.before), isCut: true },
    { title: 'AFTER', value: ({ change }) => valueWords(change.after), isCut: true },
    { title: 'WHY', value: ({ change }) => REASONS[change.reason] },
    { title: 'STATE', value: ({ entry }) => STATE_WORDS[entry.state] },
  ];
  return textTable(lines, columns, context.width);
}
