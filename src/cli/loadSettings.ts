import { basename, dirname, join, resolve } from 'node:path';
import { type Answers, withAnswers } from '../core/firstRun/withAnswers.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { environmentLayer, fileLayer, flagLayer } from '../core/settings/layers.ts';
import { type Resolution, type Resolutions, resolveSettings, unknownKeys } from '../core/settings/resolve.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../core/settings/table.ts';
import { withSecretFiles } from '../setup/secretFiles.ts';
import { isOpenToOthers, readSettingsFile } from '../setup/settingsFile.ts';

const DEFAULT_FILE = 'plexsync.config.json';

export interface SettingsSources {
  /** From `--config`; then it has to be there, unless it is to be made. */
  readonly configFile: string | null;
  readonly isToBeMade?: true;
  /** Taken for what stands in the file. */
  readonly answers?: Answers;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly flags: Partial<Record<SettingKey, unknown>>;
  readonly cwd: string;
}

export interface LoadedSettings {
  readonly resolutions: Resolutions;
  readonly warnings: readonly string[];
  /** The file, when it holds a secret that other users of this machine can read; null otherwise. */
  readonly openSecrets: string | null;
}

export const settingsPath = ({ cwd, configFile }: Pick<SettingsSources, 'cwd' | 'configFile'>): string =>
  resolve(cwd, configFile ?? DEFAULT_FILE);

/** Reads all the places that settings come from. Paths come out absolute, and `inbox_dir` filled in. */
export async function loadSettings(sources: SettingsSources): Promise<Result<LoadedSettings, string>> {
  const path = settingsPath(sources);
  const values = await readSettingsFile(path);
  if (!values.ok) return values;
  const isMissed = sources.configFile !== null && sources.isToBeMade !== true;
  if (values.value === null && isMissed) return fail(`${path} does not exist.`);
  const environment = await withSecretFiles(sources.environment);
  if (!environment.ok) return environment;
  const layers = [
    fileLayer(basename(path), withAnswers(values.value ?? {}, sources.answers ?? {})),
    environmentLayer(environment.value),
    flagLayer(sources.flags),
  ];
  return succeed({
    resolutions: withWholePaths(resolveSettings(layers), { file: dirname(path), other: sources.cwd }),
    warnings: layers.flatMap(unknownKeys),
    openSecrets: holdsSecret(values.value ?? {}) && (await isOpenToOthers(path)) ? path : null,
  });
}

const holdsSecret = (values: Readonly<Record<string, unknown>>): boolean =>
  SETTING_KEYS.some((key) => SETTINGS[key].kind === 'secret' && typeof values[key] === 'string');

/** A path in the file counts from the file's folder, others from the working directory. */
function withWholePaths(
  resolutions: Resolutions,
  bases: { readonly file: string; readonly other: string },
): Resolutions {
  const whole = (key: SettingKey): Resolution => {
    const resolution = resolutions[key];
    if (SETTINGS[key].kind !== 'path' || !resolution.ok || resolution.value === '') return resolution;
    const base = resolution.origin.kind === 'file' ? bases.file : bases.other;
    return { ...resolution, value: resolve(base, String(resolution.value)) };
  };
  const all = Object.fromEntries(SETTING_KEYS.map((key) => [key, whole(key)])) as Record<
    SettingKey,
    Resolution
  >;
  const { data_dir: data, inbox_dir: inbox } = all;
  if (data.ok && inbox.ok && inbox.value === '') {
    all.inbox_dir = { ...inbox, value: join(String(data.value), 'inbox') };
  }
  return all;
}
