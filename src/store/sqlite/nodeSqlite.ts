/**
 * `node:sqlite`, without the ExperimentalWarning that Node 22 prints when it is first loaded: Stash logs
 * every line that a plugin writes to stderr as an error. All other warnings pass.
 */
export function loadNodeSqlite(): typeof import('node:sqlite') {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((...details: unknown[]) => {
    if (!isSqliteExperimental(details)) Reflect.apply(emitWarning, process, details);
  }) as typeof process.emitWarning;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

const isSqliteExperimental = ([warning, type]: readonly unknown[]): boolean =>
  type === 'ExperimentalWarning' && typeof warning === 'string' && warning.startsWith('SQLite ');
