import type { EventsFacts } from '../../core/doctor/peerFindings.ts';
import type { StashFacts } from '../../core/doctor/stashFindings.ts';
import type { Engine } from '../engine.ts';
import { hookSeenAt } from '../inbox.ts';
import { clockAhead } from './clockAhead.ts';
import type { Patience } from './patience.ts';

/** Null when nobody knows where Stash is. */
export async function askStash(engine: Engine, ask: Patience): Promise<StashFacts | null> {
  const {
    settings,
    store,
    clock,
    stashSignIn,
    direct: { stash },
  } = engine;
  if (settings.stash_url === '') return null;
  const asked = { signIn: wayOf(stashSignIn.headers()), hookSeenAt: await hookSeenAt(store.meta) };
  const probe = await ask(stash.probe());
  if (probe?.ok !== true) {
    const unasked = {
      scenes: null,
      plugins: null,
      clockAheadMs: null,
      events: { state: 'not-tried' },
    } as const;
    return { ...asked, ...unasked, probe };
  }
  const [scenes, plugins, clockAheadMs, events] = await Promise.all([
    ask(stash.countScenes()),
    ask(stash.plugins()),
    ask(clockAhead(clock, () => stash.serverTime())),
    stashEvents(engine, ask.leftMs()),
  ]);
  return { ...asked, probe, scenes, plugins, clockAheadMs, events };
}

function wayOf(headers: Readonly<Record<string, string>>): StashFacts['signIn'] {
  if ('ApiKey' in headers) return 'key';
  return 'Cookie' in headers ? 'session' : 'nothing';
}

/** What the daemon knows; without one, a connection is opened and closed again. */
async function stashEvents({ eventSockets, stashEvents: listen }: Engine, ms: number): Promise<EventsFacts> {
  const known = eventSockets.of('stash');
  if (known !== null) return known;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), ms);
  let isOpen = false;
  const onOpen = (): void => {
    isOpen = true;
    ending.abort();
  };
  const { why } = await listen({ signal: ending.signal, onOpen, onEvent: () => undefined });
  clearTimeout(timer);
  if (isOpen) return { state: 'open' };
  return { state: 'closed', why: ending.signal.aborted ? 'no answer came in time' : why };
}
