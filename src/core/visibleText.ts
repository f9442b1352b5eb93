/**
 * Control characters, terminal escapes, line ends and characters that turn the writing direction. Titles,
 * paths and answers of servers may hold them; on a terminal or in a log they could hide or forge lines.
 */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, with what cannot be seen written as escapes. */
export function visibleText(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
