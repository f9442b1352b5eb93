import type { EventsFacts } from '../../core/doctor/peerFindings.ts';
import type { PlexFacts } from '../../core/doctor/plexFindings.ts';
import type { Engine } from '../engine.ts';
import { knownPlexServer } from '../plexServer.ts';
import { sectionsInScope } from '../sections.ts';
import { clockAhead } from './clockAhead.ts';
import type { Patience } from './patience.ts';

/** Null when nobody knows where Plex is. What builds on an answer that failed is not asked. */
export async function askPlex(engine: Engine, ask: Patience): Promise<PlexFacts | null> {
  const {
    settings,
    store,
    clock,
    direct: { plex },
  } = engine;
  if (settings.plex_url === '') return null;
  const unasked = {
    knownServer: await knownPlexServer(store.meta),
    hasToken: settings.plex_token !== '',
    token: null,
    isOwner: null,
    libraries: null,
    events: { state: 'not-tried' },
    clockAheadMs: null,
  } as const;
  const identity = await ask(plex.identity());
  if (identity?.ok !== true) return { ...unasked, identity };
  const clockAheadMs = await ask(clockAhead(clock, () => plex.serverTime()));
  const reached = { ...unasked, identity, clockAheadMs };
  if (!reached.hasToken) return reached;
  const token = await ask(plex.checkToken());
  if (token?.ok !== true) return { ...reached, token };
  const [isOwner, sections, events] = await Promise.all([
    ask(plex.isOwner()),
    ask(plex.sections()),
    plexEvents(engine, ask.leftMs()),
  ]);
  const libraries = sections?.ok === true ? sectionsInScope(sections.value, settings.plex_library) : sections;
  return { ...reached, token, isOwner, libraries, events };
}

/** What the daemon knows; without one, a connection is opened and closed again. */
async function plexEvents({ eventSockets, notifications }: Engine, ms: number): Promise<EventsFacts> {
  const known = eventSockets.of('plex');
  if (known !== null) return known;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), ms);
  let isOpen = false;
  const { reason } = await notifications.listen(({ kind }) => {
    if (kind !== 'connected') return;
    isOpen = true;
    ending.abort();
  }, ending.signal);
  clearTimeout(timer);
  if (isOpen) return { state: 'open' };
  return { state: 'closed', why: ending.signal.aborted ? 'no answer came in time' : reason };
}
