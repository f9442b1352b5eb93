import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { pluginManifest, type Release } from '../src/plugin/manifest.ts';
import { PLUGIN_ID } from '../src/plugin/pluginId.ts';
import { bundleScript, FOR_NODE, ROOT } from './bundleScript.ts';
import { bundleWithDashboard } from './bundleWithDashboard.ts';
import { licencesOf } from './licences.ts';
import { type PackedFile, zipFiles } from './zipFiles.ts';

export interface PackedPlugin {
  readonly files: readonly PackedFile[];
  readonly zip: Uint8Array;
}

/**
 * The plugin as Stash installs it. One .yml and no node_modules: Stash takes every .yml below its plugins
 * folder for a plugin (stash reference §1.1).
 */
export async function packPlugin(release: Release): Promise<PackedPlugin> {
  const [daemon, entry, ui] = await Promise.all([
    bundleWithDashboard('src/plugin/main.ts'),
    // A command is typed and waited for, so it is to start fast.
    bundleScript('src/cli/pluginEntry.ts', { ...FOR_NODE, minify: true }),
    // Stash loads it as a classic script (stash reference §5.1).
    bundleScript('src/plugin/ui/main.ts', {
      platform: 'browser',
      format: 'iife',
      target: 'es2020',
      minify: true,
    }),
  ]);
  const files = [
    text(`${PLUGIN_ID}.yml`, yamlOf(pluginManifest(release))),
    { path: 'hook.sh', bytes: await readFile(join(ROOT, 'src/plugin/hook.sh')), mode: 0o755 },
    { path: 'daemon.cjs', bytes: daemon.bytes, mode: 0o644 },
    { path: 'entry.cjs', bytes: entry.bytes, mode: 0o644 },
    { path: 'ui.js', bytes: ui.bytes, mode: 0o644 },
    { path: 'ui.css', bytes: await readFile(join(ROOT, 'src/plugin/ui/ui.css')), mode: 0o644 },
    { path: 'LICENSE', bytes: await readFile(join(ROOT, 'LICENSE')), mode: 0o644 },
    text('THIRD_PARTY_LICENSES', await licencesOf([daemon, entry, ui].flatMap(({ inputs }) => inputs))),
    text('README.txt', readme(release)),
  ];
  return { files, zip: zipFiles(files) };
}

/** Makes `plexsync/` and `plexsync.zip` in the folder. */
export async function writePlugin(folder: string, { files, zip }: PackedPlugin): Promise<string> {
  const unpacked = join(folder, PLUGIN_ID);
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked, { recursive: true });
  for (const { path, bytes, mode } of files) {
    await writeFile(join(unpacked, path), bytes);
    await chmod(join(unpacked, path), mode);
  }
  await writeFile(join(folder, `${PLUGIN_ID}.zip`), zip);
  return join(folder, `${PLUGIN_ID}.zip`);
}

/** Stash reads YAML 1.1, where a bare `yes` is no text. */
export const yamlOf = (value: unknown): string => stringify(value, { version: '1.1', lineWidth: 0 });

const text = (path: string, content: string): PackedFile => ({
  path,
  bytes: new TextEncoder().encode(content),
  mode: 0o644,
});

const readme = ({ version, description }: Release): string => `PlexSync ${version}

${description}

This folder is the Stash plugin: put it into Stash's plugins folder, then Settings > Plugins > Reload plugins.
The settings are on the same page: Plex address and Plex token are needed. Needs Node.js 22.13 or later where
Stash runs, or the PlexSync service beside Stash.

PlexSync is free software under the GNU AGPL 3.0 (LICENSE); what it includes of others is in
THIRD_PARTY_LICENSES. It is not affiliated with Plex or Stash.
`;
