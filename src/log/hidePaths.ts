import { createHash } from 'node:crypto';

/** Absolute, of any system: `/…`, `D:\…`, `\\host\…`. */
const ROOT = String.raw`(?:\/|[A-Za-z]:[\\/]|\\\\)`;
/** After a closing quote; within, a name may have quotes of its own. */
const END = String.raw`(?=[\s,.:;)\]}]|$)`;
const QUOTED = [`"`, `'`].map((quote) => ({
  quote,
  path: new RegExp(String.raw`${quote}(${ROOT}[^\n]+?)${quote}${END}`, 'gu'),
  closing: new RegExp(quote + END, 'gu'),
}));
/** Not what follows a host in an address, and not `and/or`. */
const BARE = new RegExp(String.raw`(?<![\w:/\\.~"'-])${ROOT}[^\s"'<>|]*[^\s"'<>|.,:;)\]}]`, 'gu');
const STACK_FRAME = /^\s+at /u;
const WHOLE = new RegExp(`^${ROOT}`, 'u');

/** A short name for a path, the same each time, with its ending: `path-3f9a1c2b.mp4`. */
export function hidePath(path: string): string {
  const hash = createHash('sha256').update(path.normalize('NFC')).digest('hex').slice(0, 8);
  const [ending = ''] = /\.[A-Za-z0-9]{1,5}$/.exec(path) ?? [];
  return `path-${hash}${ending}`;
}

/**
 * Hides paths in a text. Without quotes a path ends at the first space: messages quote those of files. Where a
 * program stands that failed (the frames of a stack) is no path of a collection.
 */
export function hidePaths(text: string): string {
  return text.split('\n').map(hideInLine).join('\n');
}

function hideInLine(line: string): string {
  if (STACK_FRAME.test(line)) return line;
  return QUOTED.reduce(hideQuoted, line).replace(BARE, hidePath);
}

/** Behind the last closing quote no path ends: looking for one from each quote there would take the square of its length. */
function hideQuoted(line: string, { quote, path, closing }: (typeof QUOTED)[number]): string {
  const end = ([...line.matchAll(closing)].at(-1)?.index ?? -1) + 1;
  const hidden = line.slice(0, end).replace(path, (_, found: string) => quote + hidePath(found) + quote);
  return hidden + line.slice(end);
}

/** Fields that are nothing but a path, spaces and all; Node's own errors have `path` and `dest`. */
const PATH_NAME = /^(path|dest|folder|file|from|to|data|inbox)$/u;

export const hideNamedPath = (name: string, value: unknown): unknown =>
  typeof value === 'string' && PATH_NAME.test(name) && WHOLE.test(value) ? hidePath(value) : value;
