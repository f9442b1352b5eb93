import type { FileInput } from './itemInput.ts';
import { isUnder } from './model.ts';

/**
 * The files of the server's host, as far as they differ from what items say: an item's file is there
 * until it is taken away.
 */
export class Disk {
  readonly #added = new Map<string, FileInput>();
  readonly #missing = new Set<string>();
  readonly #unmounted = new Set<string>();

  add(file: FileInput): void {
    this.#added.set(file.path, file);
    this.#missing.delete(file.path);
  }

  remove(path: string): void {
    this.#added.delete(path);
    this.#missing.add(path);
  }

  unmount(folder: string): void {
    this.#unmounted.add(folder);
  }

  mount(folder: string): void {
    this.#unmounted.delete(folder);
  }

  isMounted(path: string): boolean {
    return ![...this.#unmounted].some((folder) => path === folder || isUnder(path, folder));
  }

  has(path: string): boolean {
    return !this.#missing.has(path) && this.isMounted(path);
  }

  /** Files that a scan may find new. */
  added(): readonly FileInput[] {
    return [...this.#added.values()].filter((file) => this.isMounted(file.path));
  }

  missing(): readonly string[] {
    return [...this.#missing];
  }

  unmountedFolders(): readonly string[] {
    return [...this.#unmounted];
  }
}
