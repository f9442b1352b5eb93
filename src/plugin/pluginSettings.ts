import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey } from '../core/settings/table.ts';

/** The settings that Stash's page of plugins shows. */
export const PLUGIN_SETTING_KEYS: readonly SettingKey[] = SETTING_KEYS.filter((key) => {
  const facts: SettingFacts = SETTINGS[key];
  return facts.serviceOnly !== true;
});

/**
 * Switches that are on by default. Stash shows a switch that was never set as off (stash reference §1.5), so
 * the daemon sets these where they are absent. Any other setting of yes or no that is on by default is a text.
 */
export const SWITCHES_SET_BY_DAEMON: readonly SettingKey[] = ['enabled', 'strict_matching'];
