import type { SettingValue } from '../settings/settingSchema.ts';
import { SETTING_KEYS, type SettingKey } from '../settings/table.ts';

/** What is to stand in the file; null: nothing, whatever stood there. */
export type Answers = Partial<Readonly<Record<SettingKey, SettingValue | null>>>;

/**
 * The settings file with the answers in it. What stood there and was not asked for stays, in its place, be it a
 * setting of ours or not; what is new follows in the order of the table.
 */
export function withAnswers(
  before: Readonly<Record<string, unknown>>,
  answers: Answers,
): Readonly<Record<string, unknown>> {
  const answered = SETTING_KEYS.filter((key) => answers[key] !== undefined);
  const after = { ...before, ...Object.fromEntries(answered.map((key) => [key, answers[key]])) };
  return Object.fromEntries(
    Object.entries(after).filter(([key]) => !answered.some((each) => each === key) || after[key] !== null),
  );
}
