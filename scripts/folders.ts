/**
 * What each folder of src may import of the others: docs/architecture.md, "Folders". The lint rule
 * (oxlint.config.ts) and test/architecture both read it. Tests may import anything.
 */
export const MAY_IMPORT = {
  core: [],
  http: ['core'],
  log: ['core'],
  stash: ['core', 'http', 'log'],
  plex: ['core', 'http', 'log'],
  store: ['core', 'http', 'log'],
  engine: ['core', 'http', 'log', 'stash', 'plex', 'store'],
  setup: ['core', 'http', 'log', 'stash', 'plex', 'store', 'engine'],
  server: ['core', 'http', 'log', 'stash', 'plex', 'store', 'engine', 'setup'],
  plugin: ['core', 'http', 'log', 'stash', 'plex', 'store', 'engine', 'setup', 'server'],
  cli: ['core', 'http', 'log', 'stash', 'plex', 'store', 'engine', 'setup', 'server'],
} as const satisfies Record<string, readonly string[]>;

export type Folder = keyof typeof MAY_IMPORT;
export const FOLDERS = Object.keys(MAY_IMPORT) as readonly Folder[];
