/** The keys of a manifest that Stash 0.27 knows, all of them (stash reference §1.2); `*` stands for any name. */
const KNOWN_KEYS = new Set([
  'name',
  'description',
  'url',
  'version',
  'interface',
  'exec',
  'errLog',
  'tasks',
  'tasks.name',
  'tasks.description',
  'tasks.execArgs',
  'tasks.defaultArgs',
  'tasks.defaultArgs.*',
  'hooks',
  'hooks.name',
  'hooks.description',
  'hooks.execArgs',
  'hooks.defaultArgs',
  'hooks.defaultArgs.*',
  'hooks.triggeredBy',
  'settings',
  'settings.*',
  'settings.*.type',
  'settings.*.displayName',
  'settings.*.description',
  'ui',
  'ui.javascript',
  'ui.css',
  'ui.requires',
  'ui.assets',
  'ui.assets.*',
  'ui.csp',
  'ui.csp.script-src',
  'ui.csp.style-src',
  'ui.csp.connect-src',
]);

/** The paths of keys in the manifest that are not known. */
export function unknownKeys(manifest: unknown): readonly string[] {
  return [...pathsOf(manifest, '', '')]
    .filter(({ pattern }) => !KNOWN_KEYS.has(pattern))
    .map(({ path }) => path);
}

interface KeyPath {
  readonly path: string;
  /** The same with `*` for names that are free. */
  readonly pattern: string;
}

function* pathsOf(value: unknown, path: string, pattern: string): Generator<KeyPath> {
  if (Array.isArray(value)) {
    for (const element of value) yield* pathsOf(element, path, pattern);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const below = {
        path: join(path, key),
        pattern: join(pattern, KNOWN_KEYS.has(`${pattern}.*`) ? '*' : key),
      };
      yield below;
      yield* pathsOf(inner, below.path, below.pattern);
    }
  }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
