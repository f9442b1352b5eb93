import type { Command } from 'commander';
import type { SceneId } from '../../core/ids.ts';
import { type Change, type JournalEntry, writeName } from '../../core/journalEntry.ts';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import { changeWords } from '../../core/words/changeWords.ts';
import { WRITE_STATE_WORDS, WRITER_WORDS, whyWords } from '../../core/words/writeWords.ts';
import { parseCount, parseSceneId, parseTime } from '../arguments.ts';
import { cutToWidth } from '../output/displayWidth.ts';
import { localTime } from '../output/localTime.ts';
import { type Column, textTable } from '../output/textTable.ts';
import type { Run } from '../run.ts';

interface HistoryOptions {
  readonly limit: number;
  readonly since?: string;
}

export function addHistoryCommand(program: Command, run: Run): void {
  program
    .command('history')
    .description('list what was written to Plex, newest first; `plexsync undo` takes the names')
    .argument('[scene]', 'of one scene only', parseSceneId)
    .option('--since <time>', 'from then on: 2h, 3d, today, yesterday, 2026-01-31, 2026-01-31T14:00')
    .option('--limit <count>', 'writes shown at most', parseCount, 50)
    .action((scene: SceneId | undefined, { limit, since }: HistoryOptions) => {
      const time = since === undefined ? {} : { since: parseTime(since, run.context.now()) };
      return run.withOperations(async ({ operations }) => {
        const entries = await operations.history({
          limit,
          ...time,
          ...(scene === undefined ? {} : { scene }),
        });
        const more =
          entries.length < limit ? '' : `\n\nThe last ${counted(limit, 'write')}; --limit shows more.`;
        return { json: entries, text: historyText(entries, run.context.width) + more };
      });
    });
}

function historyText(entries: readonly JournalEntry[], width: number | null): string {
  if (entries.length === 0) return 'Nothing was written yet.';
  return entries
    .map((entry) =>
      [headingOf(entry, width), textTable(entry.changes, columnsOf(entry), width, { titles: false })].join(
        '\n',
      ),
    )
    .join('\n\n');
}

function headingOf({ id, at, state, source, sceneId, item }: JournalEntry, width: number | null): string {
  const words = [
    writeName(id),
    localTime(at),
    `scene ${sceneId} → item ${item.ratingKey}`,
    ...(state === 'arrived' ? [] : [WRITE_STATE_WORDS[state]]),
    ...(source === null ? [] : [`by ${WRITER_WORDS[source]}`]),
  ].join('  ');
  return width === null ? visibleText(words) : cutToWidth(visibleText(words), width);
}

const columnsOf = (entry: JournalEntry): readonly Column<Change>[] => [
  { title: 'FIELD', value: ({ field }) => `  ${field}` },
  { title: 'CHANGE', value: changeWords, isCut: true },
  { title: 'WHY', value: (change) => whyWords(entry, change), isCut: true },
];
