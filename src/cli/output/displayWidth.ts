/** Signs that take two columns: East Asian ones in their full width, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

/** Nearly all that is shown. */
const NARROW = /^[ -~]*$/;

/** Made when first needed: that alone takes some 10 ms, and most commands show nothing that needs it. */
let segmenter: Intl.Segmenter | null = null;
function signsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const widthOfSign = (sign: string): number => (WIDE.test(sign) ? 2 : 1);

/** Columns that a text takes on a terminal, as near as one can tell without asking it. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of signsOf(text)) width += widthOfSign(segment);
  return width;
}

/** The text, cut with `…` between two signs when it is wider. */
export function cutToWidth(text: string, widest: number): string {
  if (displayWidth(text) <= widest) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of signsOf(text)) {
    width += widthOfSign(segment);
    if (width > widest - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
