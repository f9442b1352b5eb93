import type { Answers } from '../../../../core/firstRun/withAnswers.ts';
import type { Resolutions } from '../../../../core/settings/resolve.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../../../../core/settings/table.ts';
import { CLEARED, isChangeable, valueText } from './settingsForm.ts';

/** What a form changes. An empty field leaves a setting to its default, and a secret to what it is. */
export function changedSettings(form: URLSearchParams, resolutions: Resolutions): Answers {
  const changed = SETTING_KEYS.flatMap((key) => {
    const text = form.get(key);
    if (text === null || !isChangeable(key, resolutions[key])) return [];
    const answer = answerOf(key, text, {
      form,
      before: valueText(resolutions[key]),
      isSet: resolutions[key].origin.kind === 'file',
    });
    return answer === undefined ? [] : [[key, answer] as const];
  });
  return Object.fromEntries(changed);
}

/** Undefined: it stays. */
function answerOf(
  key: SettingKey,
  text: string,
  {
    form,
    before,
    isSet,
  }: { readonly form: URLSearchParams; readonly before: string; readonly isSet: boolean },
): string | readonly string[] | null | undefined {
  const { kind } = SETTINGS[key];
  // Forms send line ends as CR LF.
  const typed = text.replaceAll('\r\n', '\n').trim();
  if (kind === 'secret') {
    if (form.has(CLEARED + key)) return null;
    return typed === '' ? undefined : typed;
  }
  if (typed === '') return isSet ? null : undefined;
  if (typed === before.trim()) return undefined;
  if (kind !== 'list' || !typed.includes('\n')) return typed;
  // Several lines are entries whatever commas they have; one line is read as everywhere else.
  return typed.split('\n').filter((line) => line.trim() !== '');
}
