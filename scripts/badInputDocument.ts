import { BAD_INPUT } from '../test/faults/badInput.ts';

/** docs/bad-input.md, from the table that test/faults/badInput.test.ts runs. */
export const badInputDocument =
  (): string => `<!-- Made by \`npm run docs\` from test/faults/badInput/: edit that. -->

# Bad input

What PlexSync makes of input that is wrong, word for word. Each row is a test that runs against both simulators
(\`test/faults/badInput.test.ts\`); after each, no request was found that edits without naming one item, deletes or
empties a trash. Three scenes are in step when a row begins, and all three are edited in Stash unless it says
otherwise. The columns:

- **state after**: what became of the scenes, the breakers and the files
- **message**: what people read in \`plexsync status\`, \`queue\`, \`dead\` or in the log; several are separated by ·
- **requests**: what was asked of the servers until then; a question to Stash may name many scenes
- **once mended**: what happened within six minutes after the input was good again; – where nothing was left to do

\`DATA\` stands for the data folder, \`http://plex\` and \`http://stash\` for the servers.
${BAD_INPUT.map(section).join('')}`;

type Area = (typeof BAD_INPUT)[number];

const section = ({ title, cases }: Area): string => `
## ${title}

| input | state after | message | requests | once mended |
|---|---|---|---|---|
${cases
  .map(({ input, expected: { state, message, requests, afterwards } }) =>
    row([input, state, message, requests, afterwards]),
  )
  .join('\n')}
`;

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** Neither a bar, nor what Markdown or HTML would take for its own, may end up as something else. */
const cell = (text: string): string => text.replaceAll(/[\\|<>[\]*_`~]/g, '\\$&');
