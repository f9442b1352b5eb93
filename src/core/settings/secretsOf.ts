import { SETTING_KEYS, SETTINGS, type Settings } from './table.ts';

/** What must never be written anywhere; those that are set. */
export const secretsOf = (settings: Settings): readonly string[] =>
  SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'secret')
    .map((key) => String(settings[key]))
    .filter((secret) => secret !== '');
