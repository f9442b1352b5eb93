import { type Command, Option } from 'commander';
import { flagName } from '../core/settings/layers.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey } from '../core/settings/table.ts';

const HEADING = 'Settings (they win over the environment and the file; --no-… switches off):';

/** A flag for every setting. Values are checked where all settings are, so that messages are the same. */
export function addSettingFlags(program: Command): void {
  for (const key of SETTING_KEYS) {
    const facts: SettingFacts = SETTINGS[key];
    const { kind, words } = facts;
    if (kind === 'boolean') {
      program.addOption(new Option(flagName(key), words).helpGroup(HEADING));
      program.addOption(new Option(flagName(key).replace('--', '--no-')).hideHelp());
    } else {
      const option = new Option(`${flagName(key)} <${placeholder(kind)}>`, words).helpGroup(HEADING);
      program.addOption(option.hideHelp(facts.isHidden === true));
    }
  }
}

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
