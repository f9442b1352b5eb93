import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pluginManifest } from '../src/plugin/manifest.ts';
import { PLUGIN_ID } from '../src/plugin/pluginId.ts';
import { ROOT } from './bundleScript.ts';
import { type PackageEntry, parseIndex, withPackage } from './packageSource.ts';
import { packPlugin, yamlOf } from './packPlugin.ts';
import { readRelease } from './readRelease.ts';

/** Makes or renews a folder that, served over HTTP, is a package source of Stash: index.yml and the zip. */
const { out } = parseArgs({ options: { out: { type: 'string', default: 'dist/source' } } }).values;
const indexFile = join(out, 'index.yml');

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

async function readIndex(): Promise<readonly PackageEntry[]> {
  const text = await readFile(indexFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return [];
  try {
    return parseIndex(text);
  } catch (error) {
    throw new Error(`${indexFile} is no package index of ours; move it away or name another folder`, {
      cause: error,
    });
  }
}

const release = await readRelease();
const { name, description } = pluginManifest(release);
const { zip } = await packPlugin(release);
const index = withPackage(await readIndex(), {
  id: PLUGIN_ID,
  name,
  version: `${release.version}-${git('describe', '--always', '--dirty', '--exclude=*')}`,
  path: `${PLUGIN_ID}.zip`,
  sha256: createHash('sha256').update(zip).digest('hex'),
  metadata: { description },
  committedAtMs: Number(git('log', '-1', '--format=%ct')) * 1000,
});

await mkdir(out, { recursive: true });
await writeFile(join(out, `${PLUGIN_ID}.zip`), zip);
// Last and at once: who reads it finds the zip that it speaks of.
await writeFile(`${indexFile}.new`, yamlOf(index));
await rename(`${indexFile}.new`, indexFile);
const entry = index.find(({ id }) => id === PLUGIN_ID);
console.log(`${indexFile}: ${entry?.version} of ${entry?.date}`);
