import type { Settings } from '../core/settings/table.ts';
import type { Store } from '../store/port.ts';
import { breathe } from './breathe.ts';
import type { Clock } from './clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Forgotten in one go: everything else waits for the database meanwhile. */
const WRITES_AT_ONCE = 500;

export interface PruneParts {
  readonly store: Store;
  readonly settings: Pick<Settings, 'journal_retention_days' | 'journal_max_entries'>;
  readonly clock: Clock;
}

/** Keeps the journal within its age and size; what has not grown beyond costs two look-ups. */
export async function pruneJournal({ store, settings, clock }: PruneParts): Promise<number> {
  const olderThan = clock.now() - settings.journal_retention_days * DAY_MS;
  const bounds = { olderThan, keep: settings.journal_max_entries, limit: WRITES_AT_ONCE };
  for (let pruned = 0; ; await breathe()) {
    const gone = await store.journal.prune(bounds);
    pruned += gone;
    if (gone < WRITES_AT_ONCE) return pruned;
  }
}
