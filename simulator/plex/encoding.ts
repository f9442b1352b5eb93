/** One tree, two encoders: what XML and JSON say can then only differ in form (plex reference §1). */
export interface Element {
  readonly name: string;
  /** Undefined and "" mean absent: Plex leaves optional attributes out. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly children: readonly Element[];
  readonly json?: {
    /** Array it goes to; default: the element's name. */
    readonly name?: string;
    /** An object of its own, not a member of an array. */
    readonly isSingle?: boolean;
  };
}
export type AttributeValue = string | number | boolean | undefined;

export interface JsonTypes {
  readonly booleans: 'true-false' | 'one-zero';
  /** Details give some numbers as strings, lists do not (plex reference §1). */
  readonly hasNumbersAsStrings: boolean;
}

export function element(
  name: string,
  attributes: Element['attributes'],
  children: readonly Element[] = [],
): Element {
  return { name, attributes, children };
}

/** Items of lists and details: `Video`, `Directory` or `Photo` in XML, `Metadata` in JSON. */
export const metadata = (one: Element): Element => ({ ...one, json: { name: 'Metadata' } });

/** XML 1.0 has no way to write these, so nothing that XML is made from can hold them. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Bare, a parser would fold these to spaces.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const isPresent = (value: AttributeValue): value is string | number | boolean =>
  value !== undefined && value !== '';

const escaped = (text: string): string =>
  text.replace(NOT_IN_XML, '').replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? '');

function xmlValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' ? String(value) : escaped(value);
}

function xmlElement(one: Element): string {
  let text = `<${one.name}`;
  for (const [name, value] of Object.entries(one.attributes)) {
    if (isPresent(value)) text += ` ${name}="${xmlValue(value)}"`;
  }
  if (one.children.length === 0) return `${text}/>\n`;
  return `${text}>\n${one.children.map(xmlElement).join('')}</${one.name}>\n`;
}

export const encodeXml = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(root)}`;

/** By element: the numbers that were seen as strings in details. */
const STRINGS_IN_DETAILS: Readonly<Record<string, readonly string[]>> = {
  MediaContainer: ['size', 'librarySectionID'],
  Video: ['librarySectionID'],
  Media: ['id'],
  Part: ['id'],
};

type JsonObject = { [name: string]: unknown };

function jsonObject(one: Element, types: JsonTypes): JsonObject {
  const strings = types.hasNumbersAsStrings ? (STRINGS_IN_DETAILS[one.name] ?? []) : [];
  const object: JsonObject = {};
  for (const [name, value] of Object.entries(one.attributes)) {
    if (!isPresent(value)) continue;
    if (typeof value === 'string') object[name] = value.replace(NOT_IN_XML, '');
    else if (typeof value === 'number') object[name] = strings.includes(name) ? String(value) : value;
    else object[name] = types.booleans === 'true-false' ? value : Number(value);
  }
  const arrays = new Map<string, JsonObject[]>();
  for (const child of one.children) {
    const name = child.json?.name ?? child.name;
    const members = arrays.get(name);
    if (child.json?.isSingle === true) object[name] = jsonObject(child, types);
    else if (members === undefined) arrays.set(name, [jsonObject(child, types)]);
    else members.push(jsonObject(child, types));
  }
  for (const [name, members] of arrays) object[name] = members;
  return object;
}

export const encodeJson = (root: Element, types: JsonTypes): string =>
  JSON.stringify({ [root.name]: jsonObject(root, types) });

/** JSON only when asked for; Plex's default is XML (plex reference §1). */
export function wantsJson(accept: string): boolean {
  return accept.split(',').some((entry) => {
    const [type, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    return type === 'application/json' && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}
