import type { Store } from '../port.ts';

export interface StoreBackend {
  /** A new store with nothing in it. */
  open(): Promise<Store>;
}

/** Opens a store of one's own for a test, and closes it again whatever happens. */
export type WithStore = (work: (store: Store) => Promise<void>) => Promise<void>;

export const storeRunner =
  (backend: StoreBackend): WithStore =>
  async (work) => {
    const store = await backend.open();
    try {
      await work(store);
    } finally {
      await store.close();
    }
  };
