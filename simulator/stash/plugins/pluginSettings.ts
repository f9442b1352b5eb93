export type SettingValues = Readonly<Record<string, unknown>>;

/**
 * What `plugins.settings` of Stash's config.yml holds (stash reference §1.5): for each plugin a map that is
 * written whole. What was never set is not there. Stash makes nested maps of an id with a dot; this does not.
 */
export class PluginSettings {
  readonly #maps = new Map<string, SettingValues>();

  /** An empty map for a plugin that was never configured. */
  read(pluginId: string): SettingValues {
    return structuredClone(this.#maps.get(pluginId) ?? {});
  }

  /** Replaces the whole map. */
  write(pluginId: string, values: SettingValues): void {
    this.#maps.set(pluginId, structuredClone(values));
  }

  /** As if it had never been configured. */
  erase(pluginId: string): void {
    this.#maps.delete(pluginId);
  }

  /** Of all that were ever configured; or of these, when they have any value. */
  of(pluginIds: readonly string[]): Readonly<Record<string, SettingValues>> {
    if (pluginIds.length === 0) return structuredClone(Object.fromEntries(this.#maps));
    const asked = pluginIds.map((id) => [id, this.read(id)] as const);
    return Object.fromEntries(asked.filter(([, values]) => Object.keys(values).length > 0));
  }
}
