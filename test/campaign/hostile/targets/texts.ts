import { displayWidth } from '../../../../src/cli/output/displayWidth.ts';
import { hangingText } from '../../../../src/cli/output/hangingText.ts';
import { textTable } from '../../../../src/cli/output/textTable.ts';
import { cutTo, cutToEncoded, encodedLength, foldName, normalForm } from '../../../../src/core/text.ts';
import { visibleText } from '../../../../src/core/visibleText.ts';
import { hidePaths } from '../../../../src/log/hidePaths.ts';
import { createLogger } from '../../../../src/log/logger.ts';
import { redactor } from '../../../../src/log/redact.ts';
import { HIDDEN_CHARACTER, HOSTILE_TEXTS } from '../../../world/hostileTexts.ts';
import { bytesOf, demand, jsonOf, pureTarget, type Target, textOf } from '../target.ts';

const SECRET = 'plex/token+1b2c=3d';
const SEEDS = [
  ...HOSTILE_TEXTS,
  'A title of a few words',
  `GET http://a/?X-Plex-Token=${SECRET}`,
  '"/data/a b.mp4"',
].map(bytesOf);

const normal = pureTarget('texts for Plex', SEEDS, (input) => {
  const text = textOf(input);
  for (const shape of ['line', 'paragraphs'] as const) {
    const once = normalForm(text, shape);
    demand(normalForm(once, shape) === once, 'a normal form is its own');
    demand(!/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Cs}]/u.test(once), 'a normal form hides nothing');
    demand(shape === 'paragraphs' || !once.includes('\n'), 'a line is one');
    demand(cutTo(250, once).length <= 250, 'a cut text fits');
    demand(encodedLength(cutToEncoded(500, once)) <= 500, 'a cut text fits into an address');
  }
  foldName(text);
});

/** What people and programs are shown, whatever is in it. */
const shown = pureTarget(
  'lines of logs and terminals',
  SEEDS,
  (input) => {
    const text = textOf(input);
    demand(!HIDDEN_CHARACTER.test(visibleText(text)), 'a visible text hides nothing');
    for (const isTerminal of [true, false]) {
      const lines: string[] = [];
      const write = (line: string): void => void lines.push(line);
      const logger = createLogger({ level: 'info', secrets: [SECRET], hidesPaths: true, isTerminal, write });
      logger.child({ name: text }).info({ title: text, [text]: [text], error: new Error(text) }, text);
      const [line = ''] = lines;
      // Below a line for people stands the stack of an error, further in.
      const [first = '', ...below] = line.slice(0, -1).split('\n');
      demand(
        lines.length === 1 && [first, ...below].every((each) => !HIDDEN_CHARACTER.test(each)),
        'a log line hides nothing',
      );
      demand(
        below.every((each) => isTerminal && each.startsWith('    ')),
        'a log line is one line',
      );
      demand(!line.includes(SECRET), 'a log line holds no secret');
      if (!isTerminal) demand(jsonOf(bytesOf(line)) !== undefined, 'a log line is JSON');
    }
    displayWidth(text);
    hangingText(visibleText(text), { indent: 4, width: 40 });
    const rows = textTable(
      [text],
      [
        { title: 'a', value: (row) => row, isCut: true },
        { title: 'b', value: (row) => row },
      ],
      40,
    ).split('\n');
    demand(
      rows.length <= 3 && rows.every((row) => !HIDDEN_CHARACTER.test(row)),
      'a row of a table is one line',
    );
  },
  2,
);

const redaction = pureTarget('what is taken out of logs', SEEDS, (input) => {
  const text = textOf(input);
  const redact = redactor([SECRET]);
  const clean = redact(`${text}${SECRET}${text}`);
  demand(!clean.includes(SECRET), 'no secret is left');
  hidePaths(text);
});

export const TEXT_TARGETS: readonly Target[] = [normal, shown, redaction];
