import { done, notFound, type Route } from './api.ts';
import { versionsOf } from './itemInput.ts';
import type { Library } from './library.ts';
import type { Item } from './model.ts';
import { deletionEntry, type Notifications } from './notifications.ts';
import type { Switches } from './switches.ts';

export interface MergeSurroundings {
  readonly library: Library;
  readonly notifications: Notifications;
  readonly switches: Switches;
  readonly announce: (items: readonly Item[]) => void;
}

/** Several items become versions of one; the other keys are gone for good (plex reference §3.5). */
export function mergeItems(kept: Item, others: readonly Item[], around: MergeSurroundings): void {
  for (const other of others) around.library.remove(other.ratingKey);
  const merged = { ...kept, media: [...kept.media, ...others.flatMap((other) => other.media)] };
  around.library.put(merged);
  around.notifications.timeline(others.map((other) => deletionEntry(other, around.switches)));
  around.announce([merged]);
}

/** Each version but the first becomes an item of its own again, under a new key and with nothing edited. */
export function splitItem(item: Item, around: MergeSurroundings): void {
  const [first, ...rest] = item.media;
  if (first === undefined) return;
  const kept = { ...item, media: [first] };
  around.library.put(kept);
  const made = versionsOf(rest).map((version) =>
    around.library.add(item.sectionKey, { versions: [version] }),
  );
  around.announce([kept, ...made]);
}

export function mergeRoutes(around: MergeSurroundings): readonly Route[] {
  const { library } = around;
  return [
    {
      methods: ['PUT'],
      path: /^\/library\/metadata\/(?<key>\d+)\/merge$/,
      kind: 'other',
      isAdmin: true,
      handle: ({ query }, { key = '' }) => {
        const kept = library.item(key);
        const others = query.list('ids').flatMap((id) => library.item(id) ?? []);
        if (kept === undefined || others.length === 0) return notFound;
        mergeItems(kept, others, around);
        return done;
      },
    },
    {
      methods: ['PUT'],
      path: /^\/library\/metadata\/(?<key>\d+)\/split$/,
      kind: 'other',
      isAdmin: true,
      handle: (_request, { key = '' }) => {
        const item = library.item(key);
        if (item === undefined) return notFound;
        splitItem(item, around);
        return done;
      },
    },
  ];
}
