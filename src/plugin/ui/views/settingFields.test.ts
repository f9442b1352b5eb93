import { describe, expect, test } from 'vitest';
import { stashLayer } from '../../../core/settings/layers.ts';
import { resolveSettings } from '../../../core/settings/resolve.ts';
import type { SettingKey } from '../../../core/settings/table.ts';
import { PLUGIN_SETTING_KEYS } from '../../pluginSettings.ts';
import { settingGroups, type Values, withTyped } from './settingFields.ts';

function fieldOf(values: Values, key: SettingKey) {
  const field = settingGroups(values)
    .flatMap(({ fields }) => fields)
    .find((each) => each.key === key);
  if (field === undefined) throw new Error(`there is no field ${key}`);
  return field;
}

test('every setting of the plugin stands in one group', () => {
  const keys = settingGroups({}).flatMap(({ fields }) => fields.map(({ key }) => key));
  expect(keys.toSorted()).toEqual([...PLUGIN_SETTING_KEYS].sort());
  expect(settingGroups({}).every(({ fields }) => fields.length > 0)).toBe(true);
});

describe('a setting that was never set', () => {
  test.each<[SettingKey, object]>([
    ['enabled', { kind: 'switch', isOn: true }],
    ['dry_run', { kind: 'switch', isOn: false }],
    ['poll_interval', { kind: 'number', text: '', placeholder: '30 s' }],
    ['plex_token', { kind: 'secret', text: '', placeholder: 'required' }],
    ['foreign_entries', { kind: 'choice', value: '', choices: ['keep', 'remove'] }],
    ['title_template', { kind: 'text', text: '', placeholder: '{title}' }],
  ])('%s shows what holds', (key, control) => {
    expect(fieldOf({}, key)).toMatchObject({ control, isSet: false, problem: null });
  });

  test.each([[null], [''], [0]])('%j counts as such, as Stash keeps what was cleared', (value) => {
    expect(fieldOf({ poll_interval: value }, 'poll_interval')).toMatchObject({ isSet: false, problem: null });
  });
});

describe('what is typed', () => {
  test.each<[SettingKey, string | boolean, unknown]>([
    ['poll_interval', '7', 7],
    ['poll_interval', '1.5', 1.5],
    ['poll_interval', 'often', 'often'],
    // The manifest has it as a switch.
    ['enabled', false, false],
    // And this as a text, since it is on by default.
    ['sync_title', false, 'no'],
    ['plex_library', 'A, B', 'A, B'],
  ])('%s as %j is kept as %j', (key, typed, stored) => {
    expect(withTyped({ other: 1 }, key, typed)).toEqual({ other: 1, [key]: stored });
  });

  test('an empty text leaves it to the default, and others as they are', () => {
    expect(withTyped({ other: 1, poll_interval: 7 }, 'poll_interval', '')).toEqual({ other: 1 });
  });

  test.each<[SettingKey, unknown]>([
    ['poll_interval', 'often'],
    ['plex_url', 'somewhere'],
    ['reconcile_time', '25:00'],
    ['path_map', '/data'],
    ['title_template', '{nothing}'],
    ['sync_title', 'perhaps'],
  ])('%s as %j is refused in the words of the command line', (key, value) => {
    const resolution = resolveSettings([stashLayer({ [key]: value })])[key];
    expect(resolution.ok).toBe(false);
    expect(fieldOf({ [key]: value }, key).problem).toBe(resolution.ok ? null : resolution.problem);
  });
});
