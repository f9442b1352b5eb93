import { storeConformance } from '../conformance.ts';
import type { Store } from '../port.ts';
import { openStore, type StorePlace } from './openStore.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

async function open(place: StorePlace): Promise<Store> {
  const opened = openStore({ ...place, now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value.store;
}

storeConformance('SQLite in memory', { open: () => open({ file: ':memory:' }) });
storeConformance('SQLite in a file', { open: () => open({ dataDir: temporaryFolder() }) });
