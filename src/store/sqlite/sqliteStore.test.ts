import { storeConformance } from '../conformance.ts';
import type { Store } from '../port.ts';
import { openStore } from './openStore.ts';

function openInMemory(): Store {
  const opened = openStore({ file: ':memory:', now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value.store;
}

storeConformance('SQLite in memory', { open: async () => openInMemory() });
