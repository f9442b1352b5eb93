/** `node:sqlite`, which Node 22 loads with an ExperimentalWarning. */
export const loadNodeSqlite = (): typeof import('node:sqlite') =>
  withoutSqliteWarning(() => process.getBuiltinModule('node:sqlite'));

/**
 * Keeps back the warning that SQLite is experimental, and no other: Stash logs every line that a plugin
 * writes to stderr as an error.
 */
export function withoutSqliteWarning<Value>(load: () => Value): Value {
  const emitWarning = process.emitWarning;
  process.emitWarning = (...details: unknown[]) => {
    if (!isSqliteExperimental(details)) Reflect.apply(emitWarning, process, details);
  };
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

const isSqliteExperimental = ([warning, type]: readonly unknown[]): boolean =>
  type === 'ExperimentalWarning' && typeof warning === 'string' && warning.startsWith('SQLite ');
