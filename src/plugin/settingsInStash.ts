import { environmentLayer, placeLayer, stashLayer } from '../core/settings/layers.ts';
import { type Resolutions, resolveSettings } from '../core/settings/resolve.ts';
import type { PluginPlace } from './pluginPlace.ts';
import { SWITCHES_SET_BY_DAEMON } from './pluginSettings.ts';

export interface PluginSettingsSource {
  readonly place: Pick<PluginPlace, 'dataDir' | 'inboxDir'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where Stash is; empty while nobody has told. */
  readonly stashUrl: string;
  /** As Stash keeps them. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The plugin's settings: what stands in Stash wins, so that its page shows what holds; the environment of Stash
 * comes below it. Addresses and folders are known from being a plugin.
 */
export function settingsInStash(source: PluginSettingsSource): Resolutions {
  const { place, environment, stashUrl, values } = source;
  const layers = [
    placeLayer({
      stash_url: stashUrl,
      // To the Stash that started us, on its own machine; its certificate is made for another name, if for any.
      stash_tls_verify: false,
      data_dir: place.dataDir,
      inbox_dir: place.inboxDir,
    }),
    environmentLayer(withoutFolders(environment)),
    stashLayer(values),
  ];
  return resolveSettings(layers);
}

/** These have been taken up in the place already. */
const withoutFolders = ({
  PLEXSYNC_DATA_DIR: _data,
  PLEXSYNC_INBOX_DIR: _inbox,
  ...rest
}: PluginSettingsSource['environment']): PluginSettingsSource['environment'] => rest;

/** What is to be stored so that the switches show true; null when they do. A page left open may take them away again. */
export function withSwitchesShown(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  const missing = SWITCHES_SET_BY_DAEMON.filter((key) => (values[key] ?? null) === null);
  return missing.length === 0
    ? null
    : { ...values, ...Object.fromEntries(missing.map((key) => [key, true])) };
}
