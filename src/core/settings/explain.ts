import type { Resolution, Resolutions } from './resolve.ts';
import type { SettingValue } from './settingSchema.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey } from './table.ts';

/** One setting as people may see it. */
export interface ExplainedSetting {
  readonly key: SettingKey;
  /** Secrets are masked; null when the setting is wrong or not set. */
  readonly value: SettingValue | null;
  /** `default`, a file, an environment name or a flag. */
  readonly origin: string;
  readonly problem: string | null;
}

export function explainSettings(resolutions: Resolutions): readonly ExplainedSetting[] {
  return SETTING_KEYS.filter((key) => !isPassedOver(key, resolutions[key])).map((key) => {
    const resolution = resolutions[key];
    return {
      key,
      value: resolution.ok ? shown(key, resolution.value) : null,
      origin: resolution.origin.name,
      problem: resolution.ok ? null : resolution.problem,
    };
  });
}

/** Nobody asks for a hidden setting that was not set. */
function isPassedOver(key: SettingKey, { origin }: Resolution): boolean {
  const facts: SettingFacts = SETTINGS[key];
  return facts.isHidden === true && origin.kind === 'default';
}

function shown(key: SettingKey, value: SettingValue): SettingValue | null {
  if (value === '') return null;
  return SETTINGS[key].kind === 'secret' ? '********' : value;
}
