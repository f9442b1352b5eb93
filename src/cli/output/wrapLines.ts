import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './displayWidth.ts';
import { hangingText } from './hangingText.ts';

/**
 * Lines that are too long go on below, as far in as they began, and break between words; a terminal would break
 * within. `width` null (a file, a pipe) leaves all as it is.
 */
export function wrapLines(text: string, width: number | null): string {
  if (width === null) return text;
  const wrap = (line: string): string => {
    if (displayWidth(stripVTControlCharacters(line)) <= width) return line;
    const [space = ''] = /^ */.exec(line) ?? [];
    return space + hangingText(line.slice(space.length), { indent: space.length, width });
  };
  return text.split('\n').map(wrap).join('\n');
}
