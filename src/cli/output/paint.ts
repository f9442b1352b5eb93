import { styleText } from 'node:util';

/** What a text is; how that looks is decided here. */
const STYLES = { good: 'green', doubtful: 'yellow', bad: 'red', heading: 'bold' } as const;

export type Style = keyof typeof STYLES;
export type Paint = (style: Style, text: string) => string;

export const paintWith =
  (hasColours: boolean): Paint =>
  (style, text) =>
    hasColours ? styleText(STYLES[style], text, { validateStream: false }) : text;

/**
 * On terminals that know colours, unless NO_COLOR is set (https://no-color.org); FORCE_COLOR decides for itself, as
 * in Node.
 */
export function wantsColours({
  isTerminal,
  environment,
}: {
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): boolean {
  const { NO_COLOR = '', FORCE_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === '' && isTerminal && TERM !== 'dumb';
}
