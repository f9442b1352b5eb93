import { type Command, Option } from 'commander';
import { flagName } from '../core/settings/layers.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey } from '../core/settings/table.ts';
import { hangingText } from './output/hangingText.ts';

/** A flag for every setting. Values are checked where all settings are, so that messages are the same. */
export function addSettingFlags(program: Command): void {
  for (const key of SETTING_KEYS) {
    // There are many: help lists them last.
    program.addOption(new Option(flagWords(key)).hideHelp());
    if (SETTINGS[key].kind === 'boolean')
      program.addOption(new Option(flagName(key).replace('--', '--no-')).hideHelp());
  }
}

/** The part of the help about them. */
export function settingLines(width: number | null): string {
  const shown = SETTING_KEYS.filter((key) => (SETTINGS[key] as SettingFacts).isHidden !== true);
  const indent = Math.max(...shown.map((key) => flagWords(key).length)) + 4;
  return shown
    .map(
      (key) => `  ${flagWords(key).padEnd(indent - 2)}${hangingText(SETTINGS[key].words, { indent, width })}`,
    )
    .join('\n');
}

const flagWords = (key: SettingKey): string =>
  SETTINGS[key].kind === 'boolean' ? flagName(key) : `${flagName(key)} <${placeholder(SETTINGS[key].kind)}>`;

/** The settings that were given as flags. */
export function settingsFromFlags(program: Command): Partial<Record<SettingKey, unknown>> {
  return Object.fromEntries(
    SETTING_KEYS.map((key) => ({ key, name: optionName(key) }))
      .filter(({ name }) => program.getOptionValueSource(name) === 'cli')
      .map(({ key, name }) => [key, program.getOptionValue(name)]),
  );
}

/** commander keeps `--plex-url` as `plexUrl`. */
const optionName = (key: SettingKey): string =>
  key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const placeholder = (kind: string): string => (kind === 'list' ? 'names' : kind === 'secret' ? 'text' : kind);
