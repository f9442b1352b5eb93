import type { Command } from 'commander';
import { counted } from '../../core/quantityInWords.ts';
import type { Operations } from '../../engine/operations.ts';
import type { Run } from '../run.ts';

export function addResumeCommand(program: Command, run: Run): void {
  program
    .command('resume')
    .description('go on after a safety stop, or when many scenes were destroyed: it was meant')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const resumed = await operations.resume();
        return {
          json: resumed,
          text: words(resumed),
        };
      }),
    );
}

function words({ wasStopped, destroyedAccepted }: Awaited<ReturnType<Operations['resume']>>): string {
  const said = [
    ...(wasStopped ? ['The stop is lifted; work goes on.'] : []),
    ...(destroyedAccepted > 0
      ? [
          `${counted(destroyedAccepted, 'destroyed scene')} will be forgotten after 30 days; Plex keeps their values.`,
        ]
      : []),
  ];
  return said.length === 0 ? 'Nothing was stopped.' : said.join('\n');
}
