import type { Command } from 'commander';
import { adoptedWords } from '../../engine/words/decisionWords.ts';
import { type Run, valueOf } from '../run.ts';

export function addAdoptServerCommand(program: Command, run: Run): void {
  program
    .command('adopt-server')
    .description(
      'use the Plex server that answers at plex_url from now on; what was known of the old one is forgotten',
    )
    .action(() =>
      run.withOperations(async ({ operations }) => {
        const adopted = valueOf(await operations.adoptServer());
        return {
          json: adopted,
          text: `${adoptedWords(adopted)} \`plexsync sync --all\` compares everything with it.`,
        };
      }),
    );
}
