import type { Reach } from '../../core/firstRun/connectionOrder.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { TriedAddress, TriedServer } from '../../setup/tryPlex.ts';
import { displayWidth } from '../output/displayWidth.ts';

const REACH_WORDS: Readonly<Record<Reach, string>> = {
  local: 'your network',
  remote: 'internet',
  relay: 'Plex’s relay',
};

/** The long part of a name of plex.direct says nothing to people, and takes half of a line. */
export const shortUrl = (url: string): string =>
  visibleText(url).replace(/\.[\da-f]{20,}\.plex\.direct/iu, '.….plex.direct');

/** One line an address: `✓ https://192-168-1-20.….plex.direct:32400  your network  12 ms`. */
export function addressLines(addresses: readonly TriedAddress[]): readonly string[] {
  const urls = addresses.map(({ url }) => shortUrl(url));
  const widest = Math.max(0, ...urls.map(displayWidth));
  return addresses.map((address, nth) => {
    const { reach, outcome } = address;
    const url = urls[nth] ?? '';
    const sign = outcome.kind === 'good' ? '✓' : '✗';
    const start = `${sign} ${url}${' '.repeat(widest - displayWidth(url))}  ${REACH_WORDS[reach].padEnd(12)}`;
    return `${start}  ${outcomeWords(outcome)}`;
  });
}

export const addressHint = ({ reach, outcome }: TriedAddress): string =>
  `${REACH_WORDS[reach]}, ${outcomeWords(outcome)}`;

function outcomeWords(outcome: TriedAddress['outcome']): string {
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
