import { displayWidth } from './displayWidth.ts';

/** Narrower text would be no text any more. */
const NARROWEST = 24;

/**
 * Words after a label of `indent` columns: what does not fit goes on below, under the first word. `width` is that of
 * the terminal; null (a file, a pipe) keeps one line. A word that is longer than a line keeps its own.
 */
export function hangingText(
  text: string,
  { indent, width }: { readonly indent: number; readonly width: number | null },
): string {
  if (width === null) return text;
  const room = Math.max(NARROWEST, width - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
