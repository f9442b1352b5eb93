import { expect, test } from 'vitest';
import { SETTING_GROUPS } from './groups.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts } from './table.ts';

test('every setting that people are shown stands in one group', () => {
  const shown = SETTING_KEYS.filter((key) => (SETTINGS[key] as SettingFacts).isHidden !== true);
  expect(SETTING_GROUPS.flatMap(({ keys }) => keys).toSorted()).toEqual(shown.toSorted());
});
