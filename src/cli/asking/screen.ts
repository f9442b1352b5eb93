import { visibleText } from '../../core/visibleText.ts';
import { hangingText } from '../output/hangingText.ts';
import type { Paint, Style } from '../output/paint.ts';

export interface ScreenParts {
  readonly write: (text: string) => void;
  /** Columns; null: a file or a pipe. */
  readonly width: number | null;
  /** Before each line: the rail that questions stand on, or nothing. */
  readonly rail: string;
  /** The line that is written last may be written over. */
  readonly isTerminal: boolean;
  readonly paint: Paint;
}

const SIGNS = { good: '✓', note: '!', bad: '✗' } as const;
const STYLES = { good: 'good', note: 'doubtful', bad: 'bad' } as const satisfies Record<string, Style>;
export type Sign = keyof typeof SIGNS;

/** Names of findings take one column, so that what was found stands below each other. */
const NAME_WIDTH = 12;
/** A sign, a name, and a space after each. */
const INDENT = NAME_WIDTH + 3;
const CLEAR_LINE = '\r\u001b[K';

/** What the set-up prints between its questions. Texts of servers are made visible, lines wrapped at words. */
export class Screen {
  readonly #parts: ScreenParts;
  #hasProgress = false;

  constructor(parts: ScreenParts) {
    this.#parts = parts;
  }

  /** Where the rail begins. */
  heading(words: string): void {
    this.#parts.write(`┌  ${words}\n`);
  }

  /** `✓ Stash        v0.30.1, 1,230 scenes`. */
  found(sign: Sign, name: string, words: string): void {
    const painted = this.#parts.paint(STYLES[sign], SIGNS[sign]);
    this.#wrapped(`${painted} ${name.padEnd(NAME_WIDTH)} `, words);
  }

  /** More about what was found, below it. */
  detail(words: string): void {
    this.#wrapped(' '.repeat(INDENT), words);
  }

  /** Lines that are as wide as they have to be. */
  lines(text: string): void {
    this.#endProgress();
    for (const line of text.split('\n')) this.#parts.write(`${`${this.#parts.rail}${line}`.trimEnd()}\n`);
  }

  gap(): void {
    this.lines('');
  }

  /** An address to be copied: a rail or a line end within it would be copied, too. */
  address(url: string): void {
    this.#endProgress();
    this.#parts.write(`${visibleText(url)}\n`);
  }

  /** Where the rail ends. */
  ending(): void {
    this.#parts.write('└\n');
  }

  /** Says what is done for as long as it takes. */
  async during<Value>(words: string, work: () => Promise<Value>): Promise<Value> {
    this.progress(words);
    try {
      return await work();
    } finally {
      this.#endProgress();
    }
  }

  /** How far it is, within {@link during}; what follows takes its place. Not shown in a file or a pipe. */
  progress(words: string): void {
    if (!this.#parts.isTerminal) return;
    this.#hasProgress = true;
    this.#parts.write(`${CLEAR_LINE}${this.#parts.rail}${words}`);
  }

  #wrapped(start: string, words: string): void {
    const { width, rail } = this.#parts;
    const room = width === null ? null : width - rail.length;
    this.lines(start + hangingText(visibleText(words), { indent: INDENT, width: room }));
  }

  #endProgress(): void {
    if (this.#hasProgress) this.#parts.write(CLEAR_LINE);
    this.#hasProgress = false;
  }
}
