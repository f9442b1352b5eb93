import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { visibleText } from '../../core/visibleText.ts';
import type { SetupOptions } from '../asking/setupTalk.ts';
import { CommandFailure } from '../exitCode.ts';
import type { Run } from '../run.ts';

interface Options extends SetupOptions {
  readonly plexTokenFile?: string;
  readonly stashApiKeyFile?: string;
}

/** Asks on the terminal, if there is one. */
export type StartSetup = (run: Run, options: SetupOptions) => Promise<void>;

/** Of the service alone: the plugin's settings are in Stash, and its command line is to stay small. */
export const setupCommand =
  (start: StartSetup) =>
  (program: Command, run: Run): void => {
    program
      .command('setup')
      .description('find Plex and Stash, show what a first sync would do, and save the settings')
      .option('--yes', 'ask nothing: take what was given or is proposed')
      .option('--plex-token-file <file>', 'read plex_token from a file')
      .option('--stash-api-key-file <file>', 'read stash_api_key from a file')
      .option('--sign-in', 'sign in with Plex, also where nobody can be asked: the link is printed')
      .option('--plex-server <name>', 'which of several servers, by its name or identifier')
      .option('--anyway', 'go on with a token that is not the owner’s, or where no file is common')
      .addHelpText('after', SETTINGS)
      .action(async ({ plexTokenFile, stashApiKeyFile, ...options }: Options) => {
        await readSecret(program, 'plexToken', plexTokenFile);
        await readSecret(program, 'stashApiKey', stashApiKeyFile);
        await start(run, options);
      });
  };

const SETTINGS = `
Every setting may be given as a flag, too: it is not asked for then, and saved. What stands in the environment is
not asked for either, and not saved.`;

/** From here on it is the flag, which other users of the machine would see. */
async function readSecret(program: Command, option: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    const text = await readFile(file, 'utf8');
    program.setOptionValueWithSource(option, text.trim(), 'cli');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandFailure('usage', `${visibleText(file)} cannot be read (${code}).`);
  }
}
