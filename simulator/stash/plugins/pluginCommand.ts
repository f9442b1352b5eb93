import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, PluginOperation } from './plugin.ts';

/** Where Stash itself runs: programs are looked for from there. */
export interface PluginPlace {
  /** Stash's configuration folder; plugins start in it. */
  readonly configDir: string;
  readonly env: NodeJS.ProcessEnv;
}

export type Command = readonly [program: string, ...args: string[]];

/** The command of a plugin (stash reference §1.3): a program in PATH, else a file in the plugin's folder. */
export function commandOf(
  { exec = [], pluginDir }: Plugin,
  { operation, place }: { operation: PluginOperation | null; place: PluginPlace },
): Command {
  const [program, ...args] = [...exec, ...(operation?.execArgs ?? [])];
  if (program === undefined) throw new Error('empty exec value');
  return [
    programOf(program, { pluginDir, place }),
    ...args.map((arg) => arg.replaceAll('{pluginDir}', pluginDir)),
  ];
}

function programOf(program: string, { pluginDir, place }: { pluginDir: string; place: PluginPlace }): string {
  if (program === 'python' || program === 'python3')
    return lookUp('python3', place) ?? lookUp('python', place) ?? program;
  return lookUp(program, place) ?? path.join(pluginDir, program);
}

function lookUp(program: string, { configDir, env }: PluginPlace): string | null {
  if (program.includes('/')) return isProgram(path.resolve(configDir, program)) ? program : null;
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, program)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
