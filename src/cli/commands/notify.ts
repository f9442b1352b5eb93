import type { Command } from 'commander';
import { type Run, valueOf } from '../run.ts';

export function addNotifyCommand(program: Command, run: Run): void {
  program
    .command('notify')
    .description('send a notification to the webhook of notify_url, to see whether it arrives')
    .requiredOption('--test', 'one that says that it is a test')
    .action(() =>
      run.withOperations(async ({ operations }) => {
        valueOf(await operations.testNotification());
        return { json: { sent: true }, text: 'The webhook took the notification.' };
      }),
    );
}
