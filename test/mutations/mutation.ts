import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** One sentence: what it breaks, and which promise falls. */
  readonly breaks: string;
  /** The test files that are expected to turn red. */
  readonly tests: readonly string[];
  /** Parts of the campaign whose short run is expected to find it. */
  readonly parts: readonly string[];
}

const CAMPAIGN = 'campaign:';

/**
 * A patch begins with what it breaks, and with a line `Turns red:` that names test files, or parts of the campaign as
 * `campaign:crashes`.
 */
export function readMutations(folder: string): readonly Mutation[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  return files.sort().map((name) => {
    const file = path.join(folder, name);
    const [head = ''] = readFileSync(file, 'utf8').split(/^(?:diff|---) /m);
    const [breaks = '', tests] = head
      .split(/^Turns red:/m)
      .map((part) => part.trim().replaceAll(/\s+/g, ' '));
    if (breaks === '' || tests === undefined || tests === '') {
      throw new Error(
        `${name}: a sentence and a line “Turns red: <test file> …” have to stand above the diff`,
      );
    }
    const named = tests.split(' ');
    return {
      name: path.basename(name, '.patch'),
      file,
      breaks,
      tests: named.filter((each) => !each.startsWith(CAMPAIGN)),
      parts: named.flatMap((each) => (each.startsWith(CAMPAIGN) ? [each.slice(CAMPAIGN.length)] : [])),
    };
  });
}
