import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleWithDashboard } from './bundleWithDashboard.ts';
import { licencesOf } from './licences.ts';

/** Makes plexsync.cjs, one file that needs nothing but Node, and the licences of what is in it. */
export async function bundle(folder: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = resolve(folder, 'plexsync.cjs');
  const { bytes, inputs } = await bundleWithDashboard('src/cli/main.ts', {
    banner: { js: '#!/usr/bin/env node' },
  });
  await rm(file, { force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(file, bytes);
  await chmod(file, 0o755);
  await writeFile(join(folder, 'THIRD_PARTY_LICENSES'), await licencesOf(inputs));
  return { file, bytes: bytes.length };
}
