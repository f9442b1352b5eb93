import type { Peer } from '../failure.ts';
import { durationInWords } from '../quantityInWords.ts';
import { type Finding, fine, type Heard, warning } from './finding.ts';

/** What is asked of both servers alike. */

const NAMES: Readonly<Record<Peer, string>> = { plex: 'Plex', stash: 'Stash' };

/** Answers carry whole seconds, and a request takes its time. */
const SKEW_MS = 60_000;

/** `aheadMs`: how far the server's clock is ahead of ours; null when the server does not tell the time. */
export function clockFinding(peer: Peer, aheadMs: Heard<number | null>): readonly Finding[] {
  // That it does not answer is told in other lines.
  if (aheadMs?.ok !== true) return [];
  const name = `${NAMES[peer]}’s clock`;
  const ms = aheadMs.value;
  if (ms === null) return [fine(name, `${NAMES[peer]} does not tell the time`)];
  if (Math.abs(ms) < SKEW_MS) return [fine(name, 'agrees with this machine’s')];
  return [
    warning(
      name,
      `It is ${durationInWords(Math.abs(ms))} ${ms > 0 ? 'ahead of' : 'behind'} this machine’s.`,
      'Let both machines take their time from the network (NTP): what changed lately is told by the clock.',
    ),
  ];
}

export type EventsFacts =
  | { readonly state: 'open' }
  /** Why there is none now. */
  | { readonly state: 'closed'; readonly why: string }
  /** It is not tried while work waits or is switched off. */
  | { readonly state: 'not-tried' };

export function eventsFinding(peer: Peer, events: EventsFacts, pollSeconds: number): readonly Finding[] {
  const name = `${NAMES[peer]}’s events`;
  switch (events.state) {
    case 'open':
      return [
        fine(name, peer === 'plex' ? 'Plex tells of changes as they happen' : 'Stash tells when a task ends'),
      ];
    case 'not-tried':
      return [fine(name, 'not listened to while work waits')];
    case 'closed':
      return [
        warning(
          name,
          `${NAMES[peer]} does not tell of changes: ${events.why}.`,
          `They are looked for every ${pollSeconds} s all the same. Behind a proxy, have it pass WebSockets on.`,
        ),
      ];
  }
}
