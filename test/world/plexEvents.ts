import type { PlexEvent } from '../../src/core/plexEvent.ts';
import type { World } from './world.ts';

/** Longer than a burst of events is waited for. */
const GATHER_MS = 6_000;

export interface Listening {
  /** All that Plex has told by now is looked at, and what follows from it is worked off. */
  settle(): Promise<void>;
  /** What was heard, in order. */
  readonly events: readonly PlexEvent[];
  close(): Promise<void>;
}

/** The engine hears the simulator's notifications as in a daemon; a test says when it looks at them. */
export async function listening(world: World): Promise<Listening> {
  const ending = new AbortController();
  const events: PlexEvent[] = [];
  const waiting: { readonly isIt: (event: PlexEvent) => boolean; readonly resolve: () => void }[] = [];
  const heard = (event: PlexEvent): void => {
    if (!isMark(event)) {
      events.push(event);
      world.engine.plexEvents.take(event);
    }
    for (const one of waiting.filter(({ isIt }) => isIt(event))) {
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve();
    }
  };
  const next = (isIt: (event: PlexEvent) => boolean): Promise<void> =>
    new Promise((resolve) => waiting.push({ isIt, resolve }));
  const opened = next((event) => event.kind === 'connected');
  const ended = world.engine.notifications.listen(heard, ending.signal);
  await opened;
  return {
    events,
    settle: async () => {
      for (;;) {
        const marked = next(isMark);
        world.plex.notifications.sendText(MARK);
        await marked;
        world.clock.advance(GATHER_MS);
        // What a round reads or writes may be told of, too.
        const before = events.length;
        while ((await world.engine.plexEvents.round()) === 0) await world.work();
        await world.work();
        const after = next(isMark);
        world.plex.notifications.sendText(MARK);
        await after;
        if (events.length === before) return;
      }
    },
    close: async () => {
      ending.abort();
      await ended;
    },
  };
}

const MARK_ITEM = '999999999';
const MARK = JSON.stringify({
  NotificationContainer: { type: 'timeline', TimelineEntry: [{ itemID: MARK_ITEM, type: 1 }] },
});
const isMark = (event: PlexEvent): boolean => event.kind === 'item' && event.ratingKey === MARK_ITEM;
