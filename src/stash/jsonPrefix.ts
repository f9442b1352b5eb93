/** Deeper nesting is nothing that Stash sends; following it would exhaust the stack. */
const MAX_DEPTH = 64;

const NOTHING = Symbol('nothing complete here');

interface Reader {
  readonly text: string;
  at: number;
  /** The text ended, or stopped being JSON, here: what is open stays as it is. */
  isCut: boolean;
}

/**
 * Reads the beginning of a JSON text that may end anywhere. Objects and arrays hold what came before the
 * end; a text, number or word that may have gone on is left out, so that `45` cut to `4` is not taken for 4.
 * Undefined when there is nothing at all.
 */
export function parseJsonPrefix(text: string): unknown {
  const value = readValue({ text, at: 0, isCut: false }, 0);
  return value === NOTHING ? undefined : value;
}

function readValue(reader: Reader, depth: number): unknown {
  skipSpace(reader);
  const first = reader.text[reader.at];
  if (depth > MAX_DEPTH) return cut(reader, NOTHING);
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  if (first === '"') return readString(reader);
  return readWord(reader);
}

function readObject(reader: Reader, depth: number): unknown {
  // Without a prototype, since the keys come from outside.
  const object: Record<string, unknown> = Object.create(null);
  reader.at++;
  for (;;) {
    skipSpace(reader);
    if (takes(reader, '}')) return object;
    const key = readString(reader);
    if (typeof key !== 'string') return object;
    skipSpace(reader);
    if (!takes(reader, ':')) return cut(reader, object);
    const value = readValue(reader, depth + 1);
    if (value !== NOTHING) object[key] = value;
    if (reader.isCut) return object;
    skipSpace(reader);
    if (takes(reader, '}')) return object;
    if (!takes(reader, ',')) return cut(reader, object);
  }
}

function readArray(reader: Reader, depth: number): unknown {
  const array: unknown[] = [];
  reader.at++;
  for (;;) {
    skipSpace(reader);
    if (takes(reader, ']')) return array;
    const value = readValue(reader, depth + 1);
    if (value !== NOTHING) array.push(value);
    if (reader.isCut) return array;
    skipSpace(reader);
    if (takes(reader, ']')) return array;
    if (!takes(reader, ',')) return cut(reader, array);
  }
}

function readString(reader: Reader): unknown {
  const { text, at } = reader;
  if (text[at] !== '"') return cut(reader, NOTHING);
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) return cut(reader, NOTHING);
  reader.at = end + 1;
  return parsed(reader, text.slice(at, end + 1));
}

/** A number, `true`, `false` or `null`; complete only when something follows. */
function readWord(reader: Reader): unknown {
  const pattern = /[-+.\w]+(?=[\s,}\]])/y;
  pattern.lastIndex = reader.at;
  const word = pattern.exec(reader.text)?.[0];
  if (word === undefined) return cut(reader, NOTHING);
  reader.at += word.length;
  return parsed(reader, word);
}

function parsed(reader: Reader, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return cut(reader, NOTHING);
  }
}

function cut<Value>(reader: Reader, value: Value): Value {
  reader.isCut = true;
  return value;
}

function takes(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text[reader.at] ?? '')) reader.at++;
}
