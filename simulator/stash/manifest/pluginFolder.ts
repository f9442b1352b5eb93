import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from '../plugins/plugin.ts';
import { readManifest } from './readManifest.ts';

interface FoundPlugins {
  readonly plugins: readonly { readonly plugin: Plugin; readonly file: string }[];
  /** A line for Stash's log each. */
  readonly problems: readonly string[];
}

/** Every `.yml` in these folders and below is a plugin named like it, or an error (stash reference §1.1). */
export function readPluginFolders(folders: readonly string[]): FoundPlugins {
  const plugins: FoundPlugins['plugins'][number][] = [];
  const problems: string[] = [];
  for (const file of folders.flatMap(manifestsBelow)) {
    try {
      const place = { id: path.basename(file, '.yml'), pluginDir: path.dirname(file) };
      plugins.push({ file, plugin: readManifest(readFileSync(file, 'utf8'), place) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push(`Error loading plugin ${file}: ${why}`);
    }
  }
  return { plugins, problems };
}

/** In the order of names, links to folders followed. */
function manifestsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .flatMap((file) => {
      if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return manifestsBelow(file);
      return file.endsWith('.yml') ? [file] : [];
    });
}
