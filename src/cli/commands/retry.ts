import { type Command, Option } from 'commander';
import { FAILURE_CLASSES, type FailureClass } from '../../core/failure.ts';
import type { Subject } from '../../core/scene.ts';
import type { DeadSelection } from '../../store/port.ts';
import { parseSubjects } from '../arguments.ts';
import { CommandFailure } from '../exitCode.ts';
import { leftToDo } from '../output/leftToDo.ts';
import { counted } from '../output/timeInWords.ts';
import type { Run } from '../run.ts';

interface RetryOptions {
  readonly all?: true;
  readonly kind?: FailureClass;
}

export function addRetryCommand(program: Command, run: Run): void {
  program
    .command('retry')
    .description('try dead letters again')
    .argument('[ids...]', 'scenes by their id, others as tag:7', parseSubjects, [])
    .option('--all', 'all of them')
    .addOption(new Option('--kind <kind>', 'all of one kind').choices(FAILURE_CLASSES))
    .action((subjects: readonly Subject[], options: RetryOptions) => {
      const selection = selectionOf(subjects, options);
      return run.withOperations(async ({ operations, drain, hasDaemon }) => {
        const { retried } = await operations.retry(selection);
        if (retried === 0) return { json: { retried }, text: 'No dead letter fits.' };
        const words = `${counted(retried, 'dead letter')} queued`;
        if (hasDaemon) return { json: { retried }, text: `${words}; the daemon tries again now.` };
        await drain();
        const left = leftToDo(await operations.status());
        return {
          json: { retried, left: left.json },
          text: `${words} and worked off. ${left.text}`,
          exit: left.exit,
        };
      });
    });
}

function selectionOf(subjects: readonly Subject[], { all, kind }: RetryOptions): DeadSelection {
  const ways = [subjects.length > 0, all === true, kind !== undefined].filter(Boolean).length;
  if (ways !== 1) throw new CommandFailure('usage', 'Say which dead letters: ids, --all, or --kind <kind>.');
  if (kind !== undefined) return { kind: 'class', class: kind };
  return all === true ? { kind: 'all' } : { kind: 'subjects', subjects };
}
