import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { bundleScript, FOR_NODE } from '../../scripts/bundleScript.ts';
import { CRASH_STEPS } from '../../src/engine/crashStep.ts';

/** The names of steps that stand in a bundle as texts of their own. */
async function stepsIn(entry: string, options: { readonly dropLabels?: string[] } = {}): Promise<string[]> {
  const { bytes } = await bundleScript(entry, { ...FOR_NODE, ...options });
  const text = Buffer.from(bytes).toString('utf8');
  return Object.keys(CRASH_STEPS).filter((step) => /-/.test(step) && text.includes(step));
}

test.each(['src/cli/main.ts', 'src/plugin/main.ts', 'src/cli/pluginEntry.ts'])(
  'what users run of %s knows no place to be killed at',
  async (entry) => {
    expect(await stepsIn(entry)).toEqual([]);
  },
);

test('they would be seen', async () => {
  expect(await stepsIn('src/cli/main.ts', { dropLabels: [] })).toContain('write-intended');
});
