import type { Command } from 'commander';
import { HELD_BY, type Hold } from '../../core/hold.ts';
import type { SceneId } from '../../core/ids.ts';
import { heldWords, NONE_HELD, releasedWords } from '../../core/words/holdWords.ts';
import { ago } from '../../core/words/timeInWords.ts';
import type { Holds } from '../../engine/holdOperations.ts';
import { parseCount, parseSceneIds } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { answerQueued } from '../output/answerQueued.ts';
import { type Column, textTable } from '../output/textTable.ts';
import type { Run } from '../run.ts';

export function addHoldsCommand(program: Command, run: Run): void {
  program
    .command('holds')
    .description('list the scenes that nothing is written for until they are released')
    .option('--limit <count>', 'scenes shown at most', parseCount, 50)
    .action(({ limit }: { readonly limit: number }) =>
      run.withOperations(async ({ operations }) => {
        const holds = await operations.holds({ limit });
        return { json: holds, text: holdsText(holds, run) };
      }),
    );
}

export function addHoldCommand(program: Command, run: Run): void {
  program
    .command('hold')
    .description('write nothing for these scenes until they are released')
    .argument('<ids...>', 'scenes by their id in Stash', parseSceneIds)
    .option('--reason <words>', 'why, for the list', '')
    .action((scenes: readonly SceneId[], { reason }: { readonly reason: string }) =>
      run.withOperations(async ({ operations }) => {
        const { held } = await operations.hold({ scenes, reason });
        return {
          json: { held },
          text: `${heldWords(held, scenes.length)}. \`plexsync release\` lets PlexSync write again.`,
        };
      }),
    );
}

export function addReleaseCommand(program: Command, run: Run): void {
  program
    .command('release')
    .description('let PlexSync write for held scenes again; they are looked at at once')
    .argument('[ids...]', 'scenes by their id in Stash', parseSceneIds, [])
    .option('--all', 'all that are held')
    .action((scenes: readonly SceneId[], { all }: { readonly all?: true }) => {
      if (scenes.length > 0 === (all === true)) {
        throw new CommandFailure('usage', 'Say which scenes: ids, or --all.');
      }
      return run.withOperations(async (session) => {
        const request = all === true ? ({ kind: 'all' } as const) : ({ kind: 'scenes', scenes } as const);
        const { released } = await session.operations.release(request);
        if (released.length === 0) return { json: { released }, text: NONE_HELD };
        return answerQueued(session, {
          counts: { released },
          words: releasedWords(released.length),
        });
      });
    });
}

function holdsText({ count, holds }: Holds, { context }: Run): string {
  if (count === 0) return 'No scene is held.';
  const now = context.now();
  const columns: readonly Column<Hold>[] = [
    { title: 'SCENE', value: ({ sceneId }) => sceneId },
    { title: 'HELD', value: ({ at }) => ago(at, now) },
    { title: 'BY', value: ({ by }) => HELD_BY[by] },
    {
      title: 'PASSED OVER',
      value: ({ passedOverAt }) => (passedOverAt === null ? 'never' : ago(passedOverAt, now)),
    },
    { title: 'WHY', value: ({ reason }) => reason, isCut: true },
  ];
  const more = count > holds.length ? `\nThe newest ${holds.length} of ${count}; --limit shows more.` : '';
  return textTable(holds, columns, context.width) + more;
}
