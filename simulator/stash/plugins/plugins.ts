import type { RequestLog } from '../http/requestLog.ts';
import { readPluginFolders } from '../manifest/pluginFolder.ts';
import type { Plugin } from './plugin.ts';
import { PluginSettings } from './pluginSettings.ts';

interface PluginsParts {
  readonly given: readonly Plugin[];
  /** Where manifests lie. */
  readonly folders: readonly string[];
  readonly log: RequestLog;
}

/** Which plugins Stash has, which of them are enabled, and how they are set up; may change while it runs. */
export class Plugins {
  readonly settings = new PluginSettings();
  readonly #parts: PluginsParts;
  #given: readonly Plugin[];
  #found: readonly Plugin[] = [];
  readonly #disabled = new Set<string>();

  constructor(parts: PluginsParts) {
    this.#parts = parts;
    this.#given = parts.given;
    this.reload();
  }

  /** In the order in which their hooks run. */
  all(): readonly Plugin[] {
    return [...this.#given, ...this.#found];
  }

  enabled(): readonly Plugin[] {
    return this.all().filter(({ id }) => this.isEnabled(id));
  }

  find(id: string): Plugin | null {
    return this.all().find((plugin) => plugin.id === id) ?? null;
  }

  /** Also of one that is not there. */
  isEnabled(id: string): boolean {
    return !this.#disabled.has(id);
  }

  setEnabled(enabled: Readonly<Record<string, boolean>>): void {
    for (const [id, isEnabled] of Object.entries(enabled)) {
      if (isEnabled) this.#disabled.delete(id);
      else this.#disabled.add(id);
    }
  }

  /** Adds it, or puts it into the place of the one with its id. */
  add(plugin: Plugin): void {
    const isThere = this.#given.some(({ id }) => id === plugin.id);
    this.#given = isThere
      ? this.#given.map((each) => (each.id === plugin.id ? plugin : each))
      : [...this.#given, plugin];
  }

  /** Takes it from the list; what it was set up with stays, and its processes are left alone. */
  remove(id: string): void {
    this.#given = this.#given.filter((plugin) => plugin.id !== id);
    this.#found = this.#found.filter((plugin) => plugin.id !== id);
  }

  /** Reads the folders anew, as Stash does after an installation; what it cannot load is a line in its log. */
  reload(): void {
    const { folders, log } = this.#parts;
    const { plugins, problems } = readPluginFolders(folders);
    const taken = new Set(this.#given.map(({ id }) => id.toLowerCase()));
    const found: Plugin[] = [];
    for (const text of problems) log.addLine({ level: 'error', text });
    for (const { plugin, file } of plugins) {
      const key = plugin.id.toLowerCase();
      if (taken.has(key)) {
        const text = `Error loading plugin ${file}: plugin ID ${plugin.id} already exists`;
        log.addLine({ level: 'error', text });
      } else found.push(plugin);
      taken.add(key);
    }
    this.#found = found;
  }
}
