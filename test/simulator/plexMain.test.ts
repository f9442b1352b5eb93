import path from 'node:path';
import { expect, test } from 'vitest';
import { startNode } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';

const MAIN = path.join(import.meta.dirname, '../../simulator/plex/main.ts');

test('it tells of each edit as it comes, and on SIGUSR2 what it was asked and how many bytes that took', async () => {
  const child = startNode([MAIN, '--port', '0', '--items', '2', '--token', 'of-the-owner', '--log-edits'], {
    env: {},
    cwd: import.meta.dirname,
  });
  const said = (pattern: RegExp): Promise<string> =>
    eventually(() => {
      const [, found] = pattern.exec(child.stdout) ?? [];
      if (found === undefined) throw new Error(`${pattern} was not said`);
      return found;
    });
  const url = await said(/ at (http:\S+),/);
  const before = Date.now();
  await fetch(`${url}/library/sections/1/all?type=1&id=1&title.value=Edited&title.locked=1`, {
    method: 'PUT',
    headers: { 'x-plex-token': 'of-the-owner' },
  });
  const edit = await said(/^edit: (.*)$/m);
  const { at, query } = JSON.parse(edit);
  expect(query).toEqual({ type: '1', id: '1', 'title.value': 'Edited', 'title.locked': '1' });
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now() + 1);

  child.signal('SIGUSR2');
  const bytes = await said(/^bytes: (.*)$/m);
  expect(child.stdout).toMatch(/^requests: \{.*"edits":1,/m);
  expect(JSON.parse(bytes).received).toBeGreaterThan(100);
  expect(JSON.parse(bytes).sent).toBeGreaterThan(50);
});
