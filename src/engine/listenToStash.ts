import { backoffMs } from '../core/backoff.ts';
import type { EventsFacts } from '../core/doctor/peerFindings.ts';
import { mayChangeScenes } from '../core/stashTasks.ts';
import type { Logger } from '../log/logger.ts';
import type { StashEvent, StashEvents } from '../stash/stashEvents.ts';
import type { Clock } from './clock.ts';

/** A scan ends with its event and with that of its task: one look is enough for both. */
const GATHER_MS = 500;
/** Tries go on for ever, at last up to 80 s apart: a Stash that is back should not wait long for its listener. */
const MOST_FAILURES = 4;
/** A connection that lived less than this is as good as none. */
const STEADY_MS = 60_000;

export interface ListenParts {
  readonly events: StashEvents;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Something may have changed in Stash: called a little later, once for all that came until then. */
  readonly onNews: () => void;
  /** How it goes, each time that changes. */
  readonly onState: (state: EventsFacts) => void;
}

/** Keeps listening to Stash until the signal. Where that is not possible, polls find the same, later. */
export async function listenToStash(parts: ListenParts): Promise<void> {
  const { events, clock, random, signal } = parts;
  const tell = gathered(parts);
  const say = teller(parts.logger);
  let hasListened = false;
  let failures = 0;
  let isOtherSignInTried = false;
  while (!signal.aborted) {
    let openedAt: number | null = null;
    const onOpen = (): void => {
      openedAt = clock.now();
      parts.onState({ state: 'open' });
      say.on();
      // Nothing is told twice: what came while nobody listened is to be looked for.
      if (hasListened) tell();
      hasListened = true;
    };
    const end = await events({ signal, onOpen, onEvent: (event) => isNews(event) && tell() });
    if (signal.aborted) return;
    parts.onState({ state: 'closed', why: end.why });
    say.off(end.why);
    if (openedAt !== null && clock.now() - openedAt >= STEADY_MS) failures = 0;
    const isTriedAtOnce = end.isWorthAnother && !isOtherSignInTried;
    isOtherSignInTried = end.isWorthAnother;
    if (!isTriedAtOnce) await clock.sleep(backoffMs({ attempt: failures, random: random() }), signal);
    failures = Math.min(failures + 1, MOST_FAILURES);
  }
}

const isNews = (event: StashEvent): boolean =>
  event.kind === 'scan-ended' || mayChangeScenes(event.description);

function gathered({ clock, signal, onNews }: ListenParts): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    void clock.sleep(GATHER_MS, signal).then(() => {
      isWaiting = false;
      if (!signal.aborted) onNews();
    });
  };
}

/** For people the first of each is enough: it costs seconds only, and may come and go with every restart of Stash. */
function teller(logger: Logger): { on(): void; off(why: string): void } {
  const said = new Set<string>();
  const tell = (facts: Readonly<Record<string, unknown>>, words: string): void => {
    if (said.has(words)) return logger.debug(facts, words);
    said.add(words);
    logger.info(facts, words);
  };
  return {
    on: () => tell({}, 'Stash tells when a scan or another task ends'),
    off: (why) => tell({ why }, 'Stash does not tell when a task ends: polls find its changes'),
  };
}
