import * as v from 'valibot';
import { ratingKey, sectionKey } from '../core/ids.ts';
import type { PlexEvent } from '../core/plexEvent.ts';
import { count, digits } from './lenient.ts';

/**
 * One frame of Plex's notifications. Whatever is not understood is left out: the poll finds what a lost frame
 * would have told.
 */
export function decodeNotification(text: string): readonly PlexEvent[] {
  const frame = v.safeParse(FrameSchema, text);
  if (!frame.success) return [];
  const { type, TimelineEntry, ActivityNotification, StatusNotification } =
    frame.output.NotificationContainer;
  switch (type) {
    case 'timeline':
      return TimelineEntry.flatMap(itemEvent);
    case 'activity':
      return ActivityNotification.some((raw) => v.is(EndedScanSchema, raw)) ? [SCAN_ENDED] : [];
    case 'status':
      return StatusNotification.some((raw) => v.is(LibraryUpdateSchema, raw)) ? [SCAN_ENDED] : [];
    default:
      return [];
  }
}

const SCAN_ENDED: PlexEvent = { kind: 'scan-ended' };

const members = v.optional(v.array(v.unknown()), []);

const FrameSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    NotificationContainer: v.object({
      type: v.string(),
      TimelineEntry: members,
      ActivityNotification: members,
      StatusNotification: members,
    }),
  }),
);

const EndedScanSchema = v.object({
  event: v.literal('ended'),
  Activity: v.object({ type: v.literal('library.update.section') }),
});

const LibraryUpdateSchema = v.object({ notificationName: v.literal('LIBRARY_UPDATE') });

/** Others are of the programme guide (plex reference §5). */
const LIBRARY = 'com.plexapp.plugins.library';
const FILM = 1;
const DELETED = 9;

/** Numbers may come as texts, and be -1 where there is nothing to say. */
const number = v.nullish(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.transform((value) => (Number.isFinite(value) ? value : null)),
  ),
  null,
);

const EntrySchema = v.object({
  identifier: v.nullish(v.literal(LIBRARY)),
  itemID: digits,
  sectionID: v.nullish(v.union([v.string(), v.number()]), null),
  type: number,
  state: number,
  metadataState: v.nullish(v.string(), ''),
  updatedAt: count,
});

function itemEvent(raw: unknown): readonly PlexEvent[] {
  const entry = v.safeParse(EntrySchema, raw);
  if (!entry.success) return [];
  const { itemID, sectionID, type, state, metadataState, updatedAt } = entry.output;
  // A deletion may say neither type nor library (plex reference §5).
  if (type !== null && type !== FILM && type >= 0) return [];
  const section = v.safeParse(digits, sectionID);
  return [
    {
      kind: 'item',
      ratingKey: ratingKey(itemID),
      section: section.success ? sectionKey(section.output) : null,
      isGone: state === DELETED || metadataState === 'deleted',
      updatedAt: updatedAt === 0 ? null : updatedAt,
    },
  ];
}
