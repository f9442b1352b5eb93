import type { Resolutions } from '../../core/settings/resolve.ts';
import type { SettingValue } from '../../core/settings/settingSchema.ts';
import type { SettingKey } from '../../core/settings/table.ts';

/** A setting that was there before anything was asked. */
export interface Given {
  readonly value: SettingValue;
  /** From a flag or the environment: it is not asked for. What stands in the file is only proposed. */
  readonly isFixed: boolean;
  /** `--plex-url`, `PLEXSYNC_PLEX_URL`, `plexsync.config.json`. */
  readonly from: string;
  /** It holds by itself, and is not written into the file. */
  readonly isInEnvironment: boolean;
}

/** Null where nothing was given; a list of nothing is nothing. What is wrong in the file is asked for anew. */
export function givenSetting(resolutions: Resolutions, key: SettingKey): Given | null {
  const { origin, ...resolution } = resolutions[key];
  if (origin.kind === 'default' || !resolution.ok) return null;
  const { value } = resolution;
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null;
  return {
    value,
    isFixed: origin.kind !== 'file',
    from: origin.name,
    isInEnvironment: origin.kind === 'environment',
  };
}
