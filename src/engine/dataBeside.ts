import { dirname, join, parse } from 'node:path';

/** The plugin's data folder: around its inbox, but for the root of a file system, which is no place for a database. */
export function dataBeside(inboxDir: string): string {
  const parent = dirname(inboxDir);
  return parent === parse(parent).root ? join(inboxDir, 'data') : parent;
}
