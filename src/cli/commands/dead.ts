import { type Command, Option } from 'commander';
import {
  adviceOf,
  type Candidate,
  FAILURE_CLASSES,
  FAILURE_POLICIES,
  type FailureClass,
} from '../../core/failure.ts';
import type { Job } from '../../core/job.ts';
import { counted } from '../../core/quantityInWords.ts';
import { subjectName } from '../../core/scene.ts';
import { visibleText } from '../../core/visibleText.ts';
import { deadSinceWords } from '../../core/words/deadWords.ts';
import { parseCount } from '../arguments.ts';
import type { Run } from '../run.ts';

interface DeadOptions {
  readonly kind?: FailureClass;
  readonly limit: number;
}

export function addDeadCommand(program: Command, run: Run): void {
  program
    .command('dead')
    .description('list dead letters: jobs that need a person')
    .addOption(new Option('--kind <kind>', 'only one kind').choices(FAILURE_CLASSES))
    .option('--limit <count>', 'dead letters shown at most', parseCount, 50)
    .action(({ kind, limit }: DeadOptions) =>
      run.withOperations(async ({ operations }) => {
        const jobs = await operations.dead({ limit, ...(kind === undefined ? {} : { class: kind }) });
        const more =
          jobs.length < limit ? '' : `\n\nThe first ${counted(limit, 'dead letter')}; --limit shows more.`;
        return { json: jobs, text: deadText(jobs, run.context.now()) + more };
      }),
    );
}

/** Grouped by kind, since what to do is the same for all of one kind. */
function deadText(jobs: readonly Job[], now: number): string {
  if (jobs.length === 0) return 'No dead letters.';
  const groups = Map.groupBy(jobs, ({ failure }) => failure?.class ?? 'unexpected');
  return [...groups]
    .map(([kind, group]) => {
      const { title } = FAILURE_POLICIES[kind];
      const heading = `${title} (${counted(group.length, 'dead letter')}; plexsync retry --kind ${kind})`;
      return [heading, ...group.flatMap((job) => letterLines(job, now))].join('\n');
    })
    .join('\n\n');
}

function letterLines(job: Job, now: number): readonly string[] {
  const { subject, failure } = job;
  return [
    `  ${subjectName(subject)}  ${deadSinceWords(job, now)}`,
    ...(failure === null
      ? []
      : [
          `    ${visibleText(failure.message)}`,
          ...(failure.candidates ?? []).map((candidate) => `    - ${candidateWords(candidate)}`),
          `    What to do: ${visibleText(adviceOf(failure))}`,
        ]),
  ];
}

const candidateWords = ({ item, title, path, size }: Candidate): string =>
  visibleText(`item ${item.ratingKey} "${title}", ${path}${size === null ? '' : `, ${size} bytes`}`);
