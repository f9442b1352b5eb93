import { describe, expect, test } from 'vitest';
import { defaultSwitches, SWITCH_NAMES, SWITCHES, type SwitchName, setSwitch } from './switches.ts';
import { editSides } from './testing/sides/editSides.ts';
import { scanSides } from './testing/sides/scanSides.ts';
import type { Sides } from './testing/sides/side.ts';
import { tagSides } from './testing/sides/tagSides.ts';
import { transportSides } from './testing/sides/transportSides.ts';
import { visited } from './testing/visitor.ts';

/** Every switch: the type fails where one is missing. */
const ALL: Sides<SwitchName> = { ...transportSides, ...editSides, ...tagSides, ...scanSides };

describe.each(SWITCH_NAMES)('%s', (name) => {
  const { given, shows, sides } = ALL[name];
  test.each(Object.entries(sides))(`${SWITCHES[name].words}: %s`, async (side, expected) => {
    const visitor = await visited({ ...given, switches: { ...given?.switches, [name]: side } });
    expect(await shows(visitor)).toEqual(expected);
  });
});

test('the first side of each switch is its default', () => {
  expect(defaultSwitches()).toMatchObject({
    tagWrite: 'append',
    privateUrls: 'refused',
    autoEmptyTrash: 'on',
  });
});

test('a switch is turned by name, and what the table does not have is refused', () => {
  const switches = defaultSwitches();
  setSwitch(switches, 'tagWrite', 'replace');
  expect(switches.tagWrite).toBe('replace');
  expect(() => setSwitch(switches, 'tagWrite', 'sideways')).toThrow(
    'switch tagWrite has no side sideways: append | replace',
  );
  expect(() => setSwitch(switches, 'nonsense', 'on')).toThrow('unknown switch nonsense');
});
