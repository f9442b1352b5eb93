import { type Command, Option } from 'commander';
import { JOB_STATES, type Job, type JobState, TRIGGER_SOURCES } from '../../core/job.ts';
import { counted, durationInWords } from '../../core/quantityInWords.ts';
import { subjectName } from '../../core/scene.ts';
import { dueWords, lastFailureWords, priorityWords } from '../../core/words/jobWords.ts';
import { parseCount } from '../arguments.ts';
import { type Column, textTable } from '../output/textTable.ts';
import type { Run } from '../run.ts';

interface QueueOptions {
  readonly state: readonly JobState[];
  readonly limit: number;
}

export function addQueueCommand(program: Command, run: Run): void {
  program
    .command('queue')
    .description(
      'list jobs that are not done, first those that go first: what came by ones before what came in bulk',
    )
    .addOption(
      new Option('--state <state...>', 'only these')
        .choices(JOB_STATES)
        .default(['pending', 'running', 'waiting']),
    )
    .option('--limit <count>', 'jobs shown at most', parseCount, 50)
    .action(({ state: states, limit }: QueueOptions) =>
      run.withOperations(async ({ operations }) => {
        const jobs = await operations.queue({ states, limit });
        const { width, now } = run.context;
        return { json: jobs, text: queueText(jobs, { limit, width, now: now() }) };
      }),
    );
}

interface Shown {
  readonly limit: number;
  readonly width: number | null;
  readonly now: number;
}

function queueText(jobs: readonly Job[], { limit, width, now }: Shown): string {
  if (jobs.length === 0) return 'Nothing is queued.';
  const columns: Column<Job>[] = [
    { title: 'JOB', value: ({ subject }) => subjectName(subject) },
    { title: 'STATE', value: ({ state }) => state },
    { title: 'SINCE', value: ({ stateSince }) => durationInWords(now - stateSince) },
    { title: 'DUE', value: (job) => dueWords(job, now) },
    { title: 'PRIORITY', value: priorityWords },
    { title: 'BECAUSE', value: ({ source }) => TRIGGER_SOURCES[source].words },
    { title: 'TRIED', value: ({ attempt }) => attempt },
    { title: 'LAST FAILURE', value: lastFailureWords, isCut: true },
  ];
  const more = jobs.length < limit ? '' : `\nThe first ${counted(limit, 'job')}; --limit shows more.`;
  return textTable(jobs, columns, width) + more;
}
