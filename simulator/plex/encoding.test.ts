import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Element, element, encodeJson, encodeXml, wantsJson } from './encoding.ts';
import { visited } from './testing/visitor.ts';
import { parseXml, type XmlNode } from './testing/xmlTree.ts';

const XML_TYPES = { booleans: 'one-zero', hasNumbersAsStrings: false } as const;

/** What both forms can say: attributes as texts, children by array name. */
interface Common {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Readonly<Record<string, readonly Common[]>>;
}

const ITEM_NAMES = ['Video', 'Photo', 'Track'];

function fromXml(node: XmlNode): Common {
  const children: Record<string, Common[]> = {};
  for (const child of node.children) {
    const name = ITEM_NAMES.includes(child.name) ? 'Metadata' : child.name;
    children[name] = [...(children[name] ?? []), fromXml(child)];
  }
  return { attributes: node.attributes, children };
}

function fromJson(value: unknown): Common {
  const attributes: Record<string, string> = {};
  const children: Record<string, readonly Common[]> = {};
  for (const [name, member] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    if (Array.isArray(member)) children[name] = member.map(fromJson);
    else if (typeof member === 'object') children[name] = [fromJson(member)];
    else
      attributes[name] =
        typeof member === 'boolean' ? String(Number(member)) : `${member as string | number}`;
  }
  return { attributes, children };
}

const inBothForms = (xml: string, json: string): readonly [Common, Common] => [
  fromXml(parseXml(xml)),
  fromJson(Object.values(JSON.parse(json) as object)[0]),
];

describe('the two encoders say the same', () => {
  const anyElement = fc.letrec<{ node: Element }>((tie) => ({
    node: fc
      .record({
        name: fc.constantFrom('Media', 'Part', 'Genre'),
        attributes: fc.dictionary(
          fc.constantFrom('id', 'file', 'tag', 'exists'),
          fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(undefined)),
        ),
        children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('node'), { maxLength: 3 })),
      })
      .map(({ name, attributes, children }) => element(name, attributes, children)),
  })).node;

  test('of any tree', () => {
    fc.assert(
      fc.property(anyElement, (root) => {
        const [xml, json] = inBothForms(encodeXml(root), encodeJson(root, XML_TYPES));
        expect(json).toEqual(xml);
      }),
    );
  });

  test.each([
    '/',
    '/identity',
    '/library/sections',
    '/library/sections/1/all?type=1&includeGuids=1&includeMeta=1&X-Plex-Container-Start=2&X-Plex-Container-Size=5',
    '/library/sections/1/genre',
    '/library/metadata/1,4?checkFiles=1',
    '/library/metadata/1/posters',
    '/activities',
  ])('of the answer to %s', async (path) => {
    const { clock, edit, send, simulator, xml } = await visited({ switches: { jsonNumbers: 'numbers' } });
    await edit({
      type: 1,
      id: 1,
      'summary.value': 'two\nlines\t& <more> "quoted" 日本 \u0001',
      'summary.locked': 1,
      'actor[0].tag.tag': 'Ada',
      'actor[0].tagging.text': 'Lead',
      'actor.locked': 1,
      'label[0].tag.tag': 'L',
      'label.locked': 1,
    });
    simulator.library.scan('1');
    clock.advance(1000);
    const json = await (await send('GET', path, { headers: { accept: 'application/json' } })).text();
    const [fromBothXml, fromBothJson] = inBothForms(await xml(path), json);
    expect(fromBothJson).toEqual(fromBothXml);
    expect(Object.keys(fromBothXml.attributes)).not.toEqual([]);
  });
});

test('line ends in attributes are written so that no parser folds them', async () => {
  expect(encodeXml(element('Video', { summary: 'a\nb' }))).toContain('summary="a&#10;b"');
});

test('absent attributes and empty lists are left out, not null', () => {
  expect(encodeJson(element('MediaContainer', { size: 0, title: '', art: undefined }), XML_TYPES)).toBe(
    '{"MediaContainer":{"size":0}}',
  );
});

test.each([
  ['application/json', true],
  ['text/xml, application/json;q=0.9', true],
  ['APPLICATION/JSON; charset=utf-8', true],
  ['application/json;q=0', false],
  ['*/*', false],
  ['', false],
])('Accept %j asks for JSON: %s', (accept, expected) => {
  expect(wantsJson(accept)).toBe(expected);
});
