import { readFile } from 'node:fs/promises';
import { fail, type Result, succeed } from '../core/result.ts';
import { SETTING_KEYS, SETTINGS } from '../core/settings/table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SECRET_NAMES = SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'secret').map(
  (key) => `PLEXSYNC_${key.toUpperCase()}`,
);

/**
 * The environment with the contents of files that it names, such as `PLEXSYNC_PLEX_TOKEN_FILE`: containers are given
 * secrets as files, since others can see the environment of a process.
 */
export async function withSecretFiles(environment: Environment): Promise<Result<Environment, string>> {
  const read: Record<string, string | undefined> = { ...environment };
  for (const name of SECRET_NAMES) {
    const fileName = `${name}_FILE`;
    const path = environment[fileName] ?? '';
    delete read[fileName];
    if (path === '') continue;
    if ((environment[name] ?? '') !== '') return fail(`${name} and ${fileName} are both set: leave one out.`);
    try {
      read[name] = (await readFile(path, 'utf8')).trim();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      return fail(`${fileName}: ${path} cannot be read (${code}).`);
    }
  }
  return succeed(read);
}
