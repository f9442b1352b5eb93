/** The name of the manifest without `.yml`, by which Stash knows the plugin (stash reference §1.1). */
export const PLUGIN_ID = 'plexsync';
