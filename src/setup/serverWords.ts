import type { Reach } from '../core/firstRun/connectionOrder.ts';
import { visibleText } from '../core/visibleText.ts';
import type { TriedAddress, TriedServer } from './tryPlex.ts';

export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  local: 'your network',
  remote: 'internet',
  relay: 'Plex’s relay',
};

/** The long part of a name of plex.direct says nothing to people, and takes half of a line. */
export const shortUrl = (url: string): string =>
  visibleText(url).replace(/\.[\da-f]{20,}\.plex\.direct/iu, '.….plex.direct');

export const addressHint = ({ reach, outcome }: TriedAddress): string =>
  `${REACH_WORDS[reach]}, ${outcomeWords(outcome)}`;

export function outcomeWords(outcome: TriedAddress['outcome']): string {
  switch (outcome.kind) {
    case 'good':
      return `${outcome.tookMs} ms`;
    case 'other-server':
      return 'another server';
    case 'failed':
      return NO_ANSWER[outcome.failure.class] ?? 'no answer';
  }
}

const NO_ANSWER: Readonly<Record<string, string>> = {
  settings: 'not Plex, or not trusted',
  rejected: 'not Plex',
};

export const serverHint = ({ server, best }: TriedServer): string =>
  [server.isOwned ? 'yours' : 'somebody else’s', best === null ? 'not reached' : addressHint(best)].join(
    ', ',
  );
