import { FIELD_SETTINGS } from '../../../core/settings/fieldSettings.ts';
import { stashLayer } from '../../../core/settings/layers.ts';
import { resolveSettings } from '../../../core/settings/resolve.ts';
import { SCOPE_SETTINGS } from '../../../core/settings/scopeSettings.ts';
import { SETTINGS, type SettingFacts, type SettingKey } from '../../../core/settings/table.ts';
import { settingType } from '../../manifestSettings.ts';
import { PLUGIN_SETTING_KEYS } from '../../pluginSettings.ts';
import { plainWords } from './plainWords.ts';

/** As Stash keeps them: what was never set is absent (stash reference §1.5). */
export type Values = Readonly<Record<string, unknown>>;

export interface SettingGroup {
  readonly title: string;
  readonly fields: readonly SettingField[];
}

export interface SettingField {
  readonly key: SettingKey;
  readonly label: string;
  readonly words: string;
  readonly control:
    | { readonly kind: 'switch'; readonly isOn: boolean }
    | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] }
    | { readonly kind: 'text' | 'secret' | 'number'; readonly text: string; readonly placeholder: string };
  /** What holds while it is not set. */
  readonly default: string;
  readonly isSet: boolean;
  /** What is wrong with what is typed, as the command line would say it; null: nothing. */
  readonly problem: string | null;
}

const CONNECTION: ReadonlySet<SettingKey> = new Set([
  'plex_url',
  'plex_token',
  'plex_library',
  'plex_tls_verify',
  'path_map',
]);
const CARRIED: ReadonlySet<string> = new Set([
  ...Object.keys(FIELD_SETTINGS),
  'sync_poster',
  'sync_background',
  'preserve_plex_edits',
  'foreign_entries',
]);
const GROUPS: readonly { readonly title: string; readonly has: (key: SettingKey) => boolean }[] = [
  { title: 'Connection to Plex', has: (key) => CONNECTION.has(key) },
  { title: 'What is carried', has: (key) => CARRIED.has(key) },
  { title: 'Which scenes', has: (key) => Object.hasOwn(SCOPE_SETTINGS, key) },
  { title: 'Notifications', has: (key) => key.startsWith('notify_') },
  { title: 'Work', has: () => true },
];

/** All that can be set, with the defaults that truly hold: Stash's own panel shows none (stash reference §1.2). */
export function settingGroups(values: Values): readonly SettingGroup[] {
  const resolved = resolveSettings([stashLayer(values)]);
  const fields = PLUGIN_SETTING_KEYS.map((key): SettingField => {
    const facts: SettingFacts = SETTINGS[key];
    const resolution = resolved[key];
    return {
      key,
      label: facts.label,
      words: plainWords(facts.words),
      control: controlOf(key, facts, values),
      default: defaultWords(facts),
      isSet: isSet(values[key]),
      // What was never set may stand in the environment of Stash: that is nothing to be corrected here.
      problem: resolution.ok || !isSet(values[key]) ? null : resolution.problem,
    };
  });
  const groupOf = (key: SettingKey) => GROUPS.find(({ has }) => has(key));
  return GROUPS.map((group) => ({
    title: group.title,
    fields: fields.filter(({ key }) => groupOf(key) === group),
  }));
}

/** The values with one changed as a person typed it; an empty text leaves it to the default. */
export function withTyped(values: Values, key: SettingKey, typed: string | boolean): Values {
  const { [key]: _, ...others } = values;
  if (typed === '') return others;
  return { ...others, [key]: stored(key, typed) };
}

/** As the manifest says that Stash keeps it, so that its own panel can show it, too. */
function stored(key: SettingKey, typed: string | boolean): unknown {
  const type = settingType(key);
  if (typeof typed === 'boolean') return type === 'BOOLEAN' ? typed : typed ? 'yes' : 'no';
  const number = Number(typed);
  return type === 'NUMBER' && typed.trim() !== '' && Number.isFinite(number) ? number : typed;
}

/** A number that was cleared in Stash's own panel is 0. */
const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== 0 && !(typeof value === 'string' && value.trim() === '');

function controlOf(key: SettingKey, facts: SettingFacts, values: Values): SettingField['control'] {
  const value = isSet(values[key]) ? values[key] : undefined;
  if (facts.kind === 'boolean') {
    const resolution = resolveSettings([stashLayer({ [key]: value })])[key];
    return { kind: 'switch', isOn: resolution.ok ? resolution.value === true : facts.default };
  }
  if (facts.kind === 'choice') {
    return { kind: 'choice', value: value === undefined ? '' : textOf(value), choices: facts.choices };
  }
  const kind = facts.kind === 'secret' ? 'secret' : facts.kind === 'number' ? 'number' : 'text';
  return { kind, text: value === undefined ? '' : textOf(value), placeholder: defaultWords(facts) };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function defaultWords(facts: SettingFacts): string {
  switch (facts.kind) {
    case 'url':
    case 'secret':
      return facts.required ? 'required' : 'none';
    case 'boolean':
      return facts.default ? 'on' : 'off';
    case 'list':
      return facts.default.join(', ') || 'none';
    case 'number':
      return `${facts.default}${facts.unit === undefined ? '' : ` ${facts.unit}`}`;
    default:
      return facts.default || 'none';
  }
}
