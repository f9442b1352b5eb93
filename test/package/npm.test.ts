import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packNpm } from '../../scripts/packNpm.ts';
import { packageVersion } from '../../src/engine/packageVersion.ts';

const run = promisify(execFile);
/** Far from any node_modules. */
let folder: string;
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

const source = (): string => join(folder, 'source');

/** npm with a cache of its own, and no way to a registry: what is installed has to be in the package. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  const env = {
    // Its own Node first, so that a `plexsync` that it links is run by that one.
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return (await run('npm', args, { cwd, env })).stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexsync-npm-'));
  await packNpm(source());
  const [first] = JSON.parse(
    await npm(['pack', source(), '--json', '--pack-destination', folder], folder),
  ) as (typeof packed)[];
  if (first === undefined) throw new Error('npm packed nothing');
  packed = first;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package holds these files and no other', () => {
  expect(packed.files.map(({ path }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    'THIRD_PARTY_LICENSES',
    'package.json',
    'plexsync.cjs',
  ]);
});

test('its package.json is one that publint has nothing to say about, and brings nothing along', async () => {
  const { messages } = await publint({ pkgDir: source(), level: 'suggestion', strict: true });
  expect(messages).toEqual([]);
  const facts = JSON.parse(await readFile(join(source(), 'package.json'), 'utf8')) as object;
  expect(facts).toMatchObject({ name: 'plexsync', version: packageVersion(), license: 'AGPL-3.0-only' });
  for (const key of ['dependencies', 'devDependencies', 'scripts', 'private', 'allowScripts']) {
    expect(facts).not.toHaveProperty(key);
  }
});

test('installed into an empty folder without a network, it runs', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await npm(['install', '--no-audit', '--no-fund', join(folder, packed.filename)], empty);
  const program = join(empty, 'node_modules', '.bin', 'plexsync');
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  const { stdout } = await run(program, ['--version'], { cwd: empty, env });
  expect(stdout).toBe(`${packageVersion()}\n`);
  expect((await run(program, ['--help'], { cwd: empty, env })).stdout).toContain('serve');
});
