import { fail, type Result, succeed } from '../../../../core/result.ts';
import { resolveSettings } from '../../../../core/settings/resolve.ts';
import { SETTINGS, type SettingKey } from '../../../../core/settings/table.ts';

/** What was typed for a setting, as it is stored; or what is wrong with it, in the words that it has everywhere. */
export function textSetting(key: SettingKey, form: URLSearchParams): Result<string, string> {
  const values = { [key]: form.get(key) };
  const resolution = resolveSettings([{ kind: 'flag', values, nameOf: () => SETTINGS[key].label }])[key];
  return resolution.ok ? succeed(String(resolution.value)) : fail(resolution.problem);
}
