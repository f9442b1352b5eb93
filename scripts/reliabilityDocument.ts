import path from 'node:path';
import { PARTS } from '../test/campaign/parts.ts';
import { readMutations } from '../test/mutations/mutation.ts';
import type { ReliabilityPromise } from '../test/reliability/promise.ts';
import { PROMISES, type PromiseGroup } from '../test/reliability/promises.ts';

const breaks = new Map(
  readMutations(path.join(import.meta.dirname, '../test/mutations')).map(
    (each) => [each.name, each.breaks] as const,
  ),
);

/** docs/reliability.md, from the table that test/reliability/promises.test.ts holds to the tests. */
export const reliabilityDocument =
  (): string => `<!-- Made by \`npm run docs\` from test/reliability/: edit that. -->

# Reliability

What PlexSync promises, and what tries to break each promise. A promise counts only if its tests can fail: for each
there are patches that break it by a line or so (\`test/mutations/*.patch\`). \`npm run mutations\` makes them one after
the other and demands that the tests turn red; \`.ci/run\` does so as well.

## The campaign

\`npm run campaign\` breaks PlexSync on purpose: real processes, real files, both simulators over real HTTP. What it does
depends on \`--seed\` alone, which is drawn and printed when you give none; when something breaks, it prints the command
that shows it again (moments hang on the machine, too, so that a rare one may take some tries). It ends with the exit
code 1 when a promise was broken, and writes its figures to \`--json\`.

| part | what it does |
|---|---|
${PARTS.map(({ name, words }) => `| \`${name}\` | ${words} |`).join('\n')}

\`--length short\` is for CI, where the seed is always the same; \`--length long\` is for by hand and takes half an hour or
more; \`--part\` names the parts to run. Disks that are full or read-only need a Linux that lets you mount (root); the
report says what was left out.

After each kill the database is examined (\`PRAGMA integrity_check\` and \`foreign_key_check\`, on a copy), and after each
round everything that Stash has must be in Plex, nothing may be left to do, nothing may have been sent twice, no process
may have said a secret or “unexpected”, and Plex must have been asked for nothing that PlexSync never does.
${PROMISES.map(section).join('')}
## What is not promised

- That a disk keeps its word. One that loses what it said was written may lose that a tag in Plex came from PlexSync;
  then it stays there when Stash drops it. An image may be sent once more, of which Plex keeps one. Everything else is
  found again.
- That the undo history outlives a clock that is years ahead, or a data folder that was deleted.
- That Plex behaves as the simulator does. What nobody could confirm on a real Plex is marked \`[U]\` in the code, and
  tests run with either way.
`;

const section = ({ title, promises }: PromiseGroup): string => `
## ${title}
${promises.map(inWords).join('')}`;

const inWords = ({ words, how, tests, parts, mutations }: ReliabilityPromise): string => `
**${words}** ${how}

- tried by ${[...tests.map(linked), ...parts.map((name) => `the campaign’s \`${name}\``)].join(', ')}
- and broken, to see that they notice:
${mutations.map((name) => `  - [${name}](../test/mutations/${name}.patch): ${breaks.get(name) ?? ''}`).join('\n')}
`;

const linked = (file: string): string => `[${path.basename(file, '.test.ts')}](../${file})`;
