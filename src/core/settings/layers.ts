import type { SettingsLayer } from './resolve.ts';

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
