import { outcomeWords, REACH_WORDS, shortUrl } from '../../setup/serverWords.ts';
import type { TriedAddress } from '../../setup/tryPlex.ts';
import { displayWidth } from '../output/displayWidth.ts';

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
