/** An element as a parser of XML gives it; for comparing the two encoders. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

const ENTITY = /&(?:#(\d+)|(amp|lt|gt|quot));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function attributeText(raw: string): string {
  // XML 1.0: bare line ends and tabs in attributes become spaces.
  const folded = raw.replace(/[\n\r\t]/g, ' ');
  return folded.replace(ENTITY, (_all, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}

/** Reads what the simulator writes: elements and attributes, no text. Throws on anything else. */
export function parseXml(text: string): XmlNode {
  const tag = /\s*<(\/?)([\w]+)((?:\s+\w+="[^"<]*")*)\s*(\/?)>\s*/y;
  tag.lastIndex = /^<\?xml[^>]*\?>/.exec(text)?.[0].length ?? 0;
  const root: { name: string; attributes: Record<string, string>; children: XmlNode[] } = {
    name: '',
    attributes: {},
    children: [],
  };
  const open = [root];
  while (tag.lastIndex < text.length) {
    const at = tag.lastIndex;
    const found = tag.exec(text);
    if (found === null) throw new Error(`not XML at ${at}: ${text.slice(at, at + 80)}`);
    const [, isEnd, name = '', attributes = '', isEmpty] = found;
    if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> ends nothing`);
      continue;
    }
    const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', raw = '']) => [
      key,
      attributeText(raw),
    ]);
    const node = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, children: [] };
    open.at(-1)?.children.push(node);
    if (!isEmpty) open.push(node);
  }
  const [only, ...others] = root.children;
  if (only === undefined || others.length > 0 || open.length > 1) throw new Error('not one whole element');
  return only;
}
