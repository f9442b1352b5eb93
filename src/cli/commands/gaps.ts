import type { Command } from 'commander';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import { ago } from '../../core/words/timeInWords.ts';
import type { Gaps } from '../../engine/gaps.ts';
import { parseCount } from '../arguments.ts';
import { type Run, valueOf } from '../run.ts';

export function addGapsCommand(program: Command, run: Run): void {
  program
    .command('gaps')
    .description('what Stash has and Plex does not, and the other way round')
    .option('--limit <count>', 'of each at most', parseCount, 20)
    .action(({ limit }: { readonly limit: number }) =>
      run.withOperations(async ({ operations }) => {
        const gaps = valueOf(await operations.gaps({ limit }));
        return { json: gaps, text: gapsText(gaps, run.context.now()) };
      }),
    );
}

function gapsText({ comparedAt, notInPlex, notInStash }: Gaps, now: number): string {
  const scenes = notInPlex.scenes.flatMap(({ sceneId, paths, why }) => [
    `  scene ${sceneId}  ${visibleText(paths.join(', '))}`,
    `    ${visibleText(why)}`,
  ]);
  const files = notInStash.files.map(
    ({ library, path }) => `  ${visibleText(library)}: ${visibleText(path)}`,
  );
  return [
    comparedAt === null
      ? 'Nothing was compared to its end yet: there may be more (plexsync reconcile).'
      : `Everything was last compared ${ago(comparedAt, now)}.`,
    '',
    `In Stash and not in Plex: ${counted(notInPlex.count, 'scene')}`,
    ...scenes,
    ...moreLine(notInPlex.count, notInPlex.scenes.length),
    '',
    `In Plex and not in Stash: ${counted(notInStash.count, 'file')}`,
    ...files,
    ...moreLine(notInStash.count, notInStash.files.length),
  ].join('\n');
}

const moreLine = (count: number, shown: number): readonly string[] =>
  count > shown ? [`  … and ${count - shown} more; --limit shows more.`] : [];
