/** `line`: titles, names, dates. `paragraphs`: line breaks are kept, at most one empty line in a row. */
export type TextShape = 'line' | 'paragraphs';

/** Most texts: printable ASCII with single spaces is its own normal form. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/**
 * Nothing to see, or not to be had in XML, which Plex answers by default: control characters, lone
 * surrogates, noncharacters, characters that turn the writing direction, zero-width characters.
 */
const INVISIBLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}\u00ad\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}]/gu;
/** Text or emoji style of a character that has none. */
const STRAY_STYLE = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;
/** Letters of a region that follow no flag. Flags of regions have six at most, and an end mark. */
const STRAY_REGION = /(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0020}-\u{e007f}]/gu;
/** What joiners join: emoji to one emoji, letters of Persian, Indic and other scripts to words. */
const JOINED = String.raw`(?:(?!\p{Script=Latin})\p{L}|\p{Extended_Pictographic})`;
const STRAY_JOINER = new RegExp(
  String.raw`(?<!${JOINED}[\p{M}\p{Emoji_Modifier}]*)[\u200c\u200d]|[\u200c\u200d](?!${JOINED}|\p{M})`,
  'gu',
);

/**
 * The form in which texts are sent to Plex and compared with what it holds. What people typed stays as it
 * is, quotes, dashes and case included: only what they cannot see is folded.
 */
export function normalForm(text: string, shape: TextShape): string {
  if (PLAIN.test(text)) return text;
  const visible = text
    .replace(LINE_BREAK, '\n')
    .replace(INVISIBLE, '')
    .replace(STRAY_REGION, '')
    .replace(STRAY_STYLE, '')
    // Before the joiners, which look at their neighbours, and again after, when neighbours have met.
    .normalize('NFC')
    .replace(STRAY_JOINER, '')
    .normalize('NFC');
  if (shape === 'line') return visible.replace(/\s+/g, ' ').trim();
  return visible
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The start of a text in normal form, at most `limit` UTF-16 units long: whole words when that keeps more
 * than four fifths of it, else whole characters as people see them.
 */
export function cutTo(limit: number, text: string): string {
  if (text.length <= limit) return text;
  const boundary = graphemes.segment(text).containing(limit)?.index ?? 0;
  // A letter under hundreds of accents is a single character: then between two of its code points.
  const head = text.slice(0, boundary > 0 ? boundary : limit).replace(/\p{Cs}$/u, '');
  if (/^\s/.test(text.slice(head.length, head.length + 1))) return head.trimEnd();
  const wordEnd = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'));
  return (wordEnd > limit * 0.8 ? head.slice(0, wordEnd) : head).trimEnd();
}

/** The longest start of a text, cut as by {@link cutTo}, that takes no more than this in a URL. */
export function cutToEncoded(limit: number, text: string): string {
  if (encodedLength(text) <= limit) return text;
  // Whatever is cut grows with the number of characters kept, so halving finds it.
  let [fits, tooMuch] = [0, text.length];
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (encodedLength(cutTo(middle, text)) <= limit) fits = middle;
    else tooMuch = middle;
  }
  return cutTo(fits, text);
}

/** In normal form, so without lone surrogates, which cannot be encoded. */
export const encodedLength = (text: string): number => encodeURIComponent(text).length;

/**
 * What two names of tags or people are compared by: Plex matches them case-insensitively and answers in the
 * spelling that it had first (plex reference §3.3). Accents count.
 */
export function foldName(name: string): string {
  // Lower case may leave a decomposed letter behind, so that the form is made last.
  return normalForm(name.toLowerCase(), 'line');
}
