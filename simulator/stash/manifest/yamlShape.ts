import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, Scalar } from 'yaml';

/** A part of the document, and where it stands. */
export interface Place {
  /** Undefined and null alike are nothing. */
  readonly node: unknown;
  readonly lines: LineCounter;
}

/** Reads a part in one form; throws when it has another. */
export type Read<Value> = (place: Place) => Value;

/** The first document of a text; Stash looks at no other. */
export function readYaml<Value>(text: string, read: Read<Value>): Value {
  const lines = new LineCounter();
  const [first] = parseAllDocuments(text, { version: '1.1', lineCounter: lines, uniqueKeys: true });
  if (first === undefined) throw new Error('EOF');
  const [problem] = first.errors;
  if (problem !== undefined) throw new Error(`yaml: ${problem.message}`);
  return read({ node: first.contents, lines });
}

/** Any scalar is taken as the text that stands there; null when there is none. */
export const text: Read<string | null> = (place) => {
  const { node } = place;
  if (isNothing(node)) return null;
  // Stash would take an alias; no manifest of ours has one.
  if (!isScalar(node)) throw problem(place, `cannot unmarshal ${kindOf(node)} into string`);
  return node.type === Scalar.PLAIN ? (node.source ?? String(node.value)) : String(node.value);
};

export function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (place) => {
    const { node } = place;
    if (isNothing(node)) return [];
    if (!isSeq(node)) throw problem(place, `cannot unmarshal ${kindOf(node)} into a list`);
    return node.items.map((item) => read({ ...place, node: item }));
  };
}

export function mapOf<Value>(read: Read<Value>): Read<ReadonlyMap<string, Value>> {
  return (place) => new Map(entriesOf(place).map(([key, value]) => [key, read(value)]));
}

type Fields = Readonly<Record<string, Read<unknown>>>;
type Values<Known extends Fields> = { readonly [Key in keyof Known]: ReturnType<Known[Key]> };

/** A map with these keys and no other: one that Stash does not know keeps the whole plugin from loading. */
export function fields<Known extends Fields>(known: Known): Read<Values<Known>> {
  return (place) => {
    const given = new Map(entriesOf(place));
    for (const [key, value] of given)
      if (!Object.hasOwn(known, key)) throw problem(value, `field ${key} not found`);
    const read = Object.entries(known).map(([key, readValue]) => {
      return [key, readValue(given.get(key) ?? { ...place, node: null })] as const;
    });
    return Object.fromEntries(read) as Values<Known>;
  };
}

function entriesOf(place: Place): readonly (readonly [string, Place])[] {
  const { node } = place;
  if (isNothing(node)) return [];
  if (!isMap(node)) throw problem(place, `cannot unmarshal ${kindOf(node)} into a map`);
  return node.items.map(({ key, value }) => {
    const name = text({ ...place, node: key });
    // Where there is no value, an error is one of the key.
    return [name ?? '', { ...place, node: value ?? null }] as const;
  });
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function kindOf(node: unknown): string {
  if (isAlias(node)) return 'an alias';
  if (isSeq(node)) return '!!seq';
  return isMap(node) ? '!!map' : `!!str \`${String((node as Partial<Scalar>).value)}\``;
}

function problem({ node, lines }: Place, what: string): Error {
  const start = (node as Partial<Node> | null)?.range?.[0];
  const line = start === undefined ? '' : `line ${lines.linePos(start).line}: `;
  return new Error(`yaml: unmarshal errors:\n  ${line}${what}`);
}
