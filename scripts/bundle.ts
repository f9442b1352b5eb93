import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packageVersion } from '../src/cli/packageVersion.ts';
import { licencesOf } from './licences.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Makes plexsync.cjs, one file that needs nothing but Node, and the licences of what is in it. */
export async function bundle(folder: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = resolve(folder, 'plexsync.cjs');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    legalComments: 'linked',
    // A bundle has its version inside and no files beside it.
    define: { PLEXSYNC_VERSION: JSON.stringify(packageVersion()), 'import.meta.url': '""' },
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  await chmod(file, 0o755);
  const inputs = Object.keys(metafile.inputs).map((input) => join(ROOT, input));
  await writeFile(join(folder, 'THIRD_PARTY_LICENSES'), await licencesOf(inputs));
  return { file, bytes: outputFiles.find(({ path }) => path === file)?.contents.length ?? 0 };
}
