import type { Command } from 'commander';
import { CommandFailure } from '../exitCode.ts';
import type { Run } from '../run.ts';

export function addForgetCommand(program: Command, run: Run): void {
  program
    .command('forget')
    .description('erase all that PlexSync stored in its folders; what it wrote to Plex stays')
    .option('--yes', 'really erase it; without this, only show what would go')
    .action(async ({ yes = false }: { readonly yes?: boolean }) => {
      const { data_dir: data, inbox_dir: inbox } = await run.settings();
      if (!data.ok) throw new CommandFailure('usage', data.problem);
      if (!inbox.ok) throw new CommandFailure('usage', inbox.problem);
      const dataDir = String(data.value);
      const forgotten = await run.context.forget({ dataDir, inboxDir: String(inbox.value), isMeant: yes });
      if (!forgotten.ok) throw new CommandFailure('failed', forgotten.failure);
      const { goes, stays } = forgotten.value;
      const kept =
        stays.length === 0 ? [] : ['Not PlexSync’s, so it stays:', ...stays.map((file) => `  ${file}`)];
      const end = yes
        ? `Removed. ${PLEX_STAYS}`
        : `Nothing was removed; \`plexsync forget --yes\` does it. ${PLEX_STAYS}`;
      const text =
        goes.length === 0
          ? [`PlexSync has stored nothing in ${dataDir}.`, ...kept]
          : [yes ? 'Gone:' : 'This would go:', ...goes.map((file) => `  ${file}`), ...kept, end];
      run.answer({ json: { removed: yes, goes, stays }, text: text.join('\n') });
    });
}

const PLEX_STAYS = 'Values in Plex stay as they are, and so do your settings.';
