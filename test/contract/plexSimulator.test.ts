import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { FAULT_NAMES } from '../../simulator/plex/faults.ts';
import { SWITCH_NAMES } from '../../simulator/plex/switches.ts';
import { sampleLibrary } from '../../simulator/sampleLibrary.ts';

const MAIN = fileURLToPath(new URL('../../simulator/plex/main.ts', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...words], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test('--help lists every switch and every fault', async () => {
  const { stdout } = await run('--help');
  for (const name of SWITCH_NAMES) expect(stdout).toContain(`  ${name}=`);
  for (const name of FAULT_NAMES) expect(stdout).toMatch(new RegExp(`^  ${name}(=<.*>)?$`, 'm'));
});

test.each([
  ['--switch', 'tagWrite=sideways', 'switch tagWrite has no side sideways'],
  ['--fault', 'status', 'fault status needs an argument'],
  ['--items', 'many', 'not a whole number'],
])('%s %s is refused in one line', async (flag, value, message) => {
  const { code, stderr } = await run(flag, value);
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(message);
});

test('it serves what its flags say, and ends on SIGTERM', async () => {
  const flags = '--port 0 --items 7 --token T --section Scenes More --switch jsonNumbers=numbers --log'.split(
    ' ',
  );
  const child = spawn(process.execPath, [MAIN, ...flags, '--fault', 'status=500 GET /library/metadata/1$']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  child.stdout.on('data', (piece: Buffer) => lines.push(String(piece)));
  await once(child.stdout, 'data');
  const [url = ''] = /http:\/\/\S+(?=,)/.exec(lines.join('')) ?? [];
  const get = (path: string) =>
    fetch(`${url}${path}`, { headers: { 'X-Plex-Token': 'T', accept: 'application/json' } });
  const sections = (await (await get('/library/sections')).json()) as {
    MediaContainer: { Directory: unknown };
  };
  expect(sections.MediaContainer.Directory).toMatchObject([{ title: 'Scenes' }, { title: 'More' }]);
  const list = await (await get('/library/sections/1/all?type=1')).text();
  const files = [...list.matchAll(/"file":"([^"]+)"/g)].map(([, file]) => file);
  // The same files as the simulated Stash is filled with.
  const sample = sampleLibrary(7).map((file) => file.plexPath);
  expect(new Set(files)).toEqual(new Set(sample));
  expect((await get('/library/metadata/1')).status).toBe(500);
  expect((await get('/library/metadata/1')).status).toBe(200);
  child.kill('SIGTERM');
  // Closed: by then all that it said has been read, in however many pieces.
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(lines.join('')).toContain('"details":2');
});
