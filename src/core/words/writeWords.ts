import type { TriggerSource } from '../job.ts';
import { type Change, type JournalEntry, writeName } from '../journalEntry.ts';
import { REASONS } from '../planning/plan.ts';

/** Who had it written; short, since the heading of a write has to fit 80 columns. */
export const WRITER_WORDS = {
  command: 'a person',
  undo: 'undo',
  hook: 'hook',
  poll: 'poll',
  index: 'new file',
  entity: 'rename',
  plex: 'Plex',
  sweep: 'comparison',
} as const satisfies Record<TriggerSource, string>;

export const WRITE_STATE_WORDS = {
  sent: 'not proven yet',
  arrived: 'arrived',
  'given-up': 'not kept by Plex',
} as const satisfies Record<JournalEntry['state'], string>;

/** Why a field was written, or what undid that. */
export function whyWords({ undone }: JournalEntry, { field, reason }: Change): string {
  const by = undone.find((each) => each.field === field)?.by;
  if (by === undefined) return REASONS[reason];
  return by === null ? 'undone' : `undone by ${writeName(by)}`;
}
