import type { SettingsLayer } from './resolve.ts';
import { SETTINGS, type SettingFacts, type SettingKey } from './table.ts';

const PREFIX = 'PLEXSYNC_';

const environmentName = (key: string): string => PREFIX + key.toUpperCase();
export const flagName = (key: string): string => `--${key.replaceAll('_', '-')}`;

/** `name` is what messages call the file. */
export const fileLayer = (name: string, values: Readonly<Record<string, unknown>>): SettingsLayer => ({
  kind: 'file',
  values,
  nameOf: () => name,
});

export const environmentLayer = (
  environment: Readonly<Record<string, string | undefined>>,
): SettingsLayer => ({
  kind: 'environment',
  values: Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length).toLowerCase(), value]),
  ),
  nameOf: environmentName,
});

/** Keyed by setting, not by flag. */
export const flagLayer = (values: Readonly<Record<string, unknown>>): SettingsLayer => ({
  kind: 'flag',
  values,
  nameOf: flagName,
});

/** What a plugin knows by where it is. */
export const placeLayer = (values: Readonly<Record<string, unknown>>): SettingsLayer => ({
  kind: 'place',
  values,
  nameOf: () => 'Stash itself',
});

/**
 * As Stash stores them. A number that a person has cleared is stored as 0, and none of ours may be 0 (stash
 * reference §1.5). What only a service needs is not taken from there.
 */
export const stashLayer = (values: Readonly<Record<string, unknown>>): SettingsLayer => ({
  kind: 'stash',
  values: Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== 0 && !isServiceOnly(key)),
  ),
  nameOf: (key) => `${labelOf(key)} in Stash’s Settings > Plugins`,
});

const factsOf = (key: string): SettingFacts | null =>
  Object.hasOwn(SETTINGS, key) ? SETTINGS[key as SettingKey] : null;
const isServiceOnly = (key: string): boolean => factsOf(key)?.serviceOnly === true;
const labelOf = (key: string): string => factsOf(key)?.label ?? key;
