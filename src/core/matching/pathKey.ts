import { foldCase } from './paths.ts';

/**
 * What the file index is asked by. Coarse on purpose: it folds all that may differ between two names of
 * one file (Unicode form, separators, case), so that a look-up never misses the file; whether it really is
 * the same file is judged afterwards, from the paths themselves and by the host's own rules.
 */
export function pathKey(path: string): string {
  const separated = path.replace(/[\\/]+/g, '/');
  const key = /^[\\/]{2}/.test(path) ? `/${separated}` : separated;
  return foldCase(key);
}

/** {@link pathKey} of the file name alone. */
export function nameKey(path: string): string {
  const key = pathKey(path);
  return key.slice(key.lastIndexOf('/') + 1);
}
