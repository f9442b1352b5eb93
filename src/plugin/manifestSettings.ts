import { allowedWords } from '../core/settings/settingSchema.ts';
import { SETTINGS, type SettingFacts, type SettingKey } from '../core/settings/table.ts';
import { PLUGIN_SETTING_KEYS, SWITCHES_SET_BY_DAEMON } from './pluginSettings.ts';

export interface ManifestSetting {
  readonly displayName: string;
  readonly description: string;
  readonly type: 'STRING' | 'NUMBER' | 'BOOLEAN';
}

/** Stash's page shows no default, no choice and no range (stash reference §1.2), so the description does. */
export const manifestSettings = (): Readonly<Record<string, ManifestSetting>> =>
  Object.fromEntries(PLUGIN_SETTING_KEYS.map((key) => [key, manifestSetting(key)]));

function manifestSetting(key: SettingKey): ManifestSetting {
  const facts: SettingFacts = SETTINGS[key];
  const { label, words, example } = facts;
  const type = settingType(key);
  const sentences = [words.replaceAll('`', ''), ...valueWords(facts, type)];
  if (example !== undefined) sentences.push(`Example: ${example}`);
  return { displayName: label, description: sentences.join(' '), type };
}

/** How Stash keeps it. */
export function settingType(key: SettingKey): ManifestSetting['type'] {
  const facts: SettingFacts = SETTINGS[key];
  if (facts.kind === 'number') return 'NUMBER';
  if (facts.kind !== 'boolean') return 'STRING';
  return facts.default && !SWITCHES_SET_BY_DAEMON.includes(key) ? 'STRING' : 'BOOLEAN';
}

/** The default and what is allowed. */
function valueWords(facts: SettingFacts, type: ManifestSetting['type']): readonly string[] {
  switch (facts.kind) {
    case 'url':
      return [necessity(facts), 'Allowed: an address that begins with http:// or https://.'];
    case 'secret':
      return [necessity(facts), 'Allowed: a text without spaces.'];
    case 'path':
      return [`Default: ${facts.default === '' ? 'empty' : facts.default}.`, 'Allowed: a path.'];
    case 'text':
      return [`Default: ${facts.default || 'empty'}.`];
    case 'template':
      return [`Default: ${facts.default || 'empty'}.`, `Allowed: ${allowedWords(facts)}.`];
    case 'time':
      return [`Default: ${facts.default}.`, 'Allowed: a time of day from 00:00 to 23:59.'];
    case 'list':
      return [`Default: ${facts.default.join(', ') || 'empty'}.`, 'Allowed: texts separated by commas.'];
    case 'choice':
      return [`Default: ${facts.default}.`, `Allowed: ${facts.choices.join(', ')}.`];
    case 'boolean':
      return type === 'BOOLEAN'
        ? [`Default: ${facts.default ? 'on' : 'off'}.`]
        : [`Allowed: yes or no; empty: ${facts.default ? 'yes' : 'no'}.`];
    case 'number': {
      const unit = facts.unit === undefined ? '' : ` ${facts.unit}`;
      // A number that was cleared is 0 (stash reference §1.5), and the page knows whole numbers only.
      return [
        `Default, also for 0: ${facts.default}${unit}.`,
        `Allowed: whole numbers from ${facts.min} to ${facts.max}.`,
      ];
    }
  }
}

const necessity = ({ required }: { readonly required: boolean }): string =>
  required ? 'Required.' : 'Default: empty.';
