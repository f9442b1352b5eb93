import * as v from 'valibot';
import { parsePathMaps } from '../../core/matching/pathMap.ts';
import { allowedWords, type SettingValue, settingSchema } from '../../core/settings/settingSchema.ts';
import { SETTINGS, type SettingKey } from '../../core/settings/table.ts';
import type { ProblemOf } from './questions.ts';

/** What is wrong with a typed value, by the rules that hold for it everywhere. */
export function settingProblem(key: SettingKey): ProblemOf {
  return (answer) => {
    const parsed = v.safeParse(settingSchema(SETTINGS[key]), answer);
    if (!parsed.success) return `Allowed: ${allowedWords(SETTINGS[key])}.`;
    if (key !== 'path_map' || !Array.isArray(parsed.output)) return null;
    const maps = parsePathMaps(parsed.output);
    return maps.ok ? null : (maps.failure[0] ?? null);
  };
}

/** As it is stored: an address without a slash at its end, a text without spaces around it. */
export const settingValue = (key: SettingKey, answer: string): SettingValue =>
  v.parse(settingSchema(SETTINGS[key]), answer);
