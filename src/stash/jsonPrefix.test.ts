import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonPrefix } from './jsonPrefix.ts';

describe('the beginning of a JSON text', () => {
  test.each([
    ['{"a":1,"b":[true,nu', { a: 1, b: [true] }],
    ['{"a":{"b":"c"', { a: { b: 'c' } }],
    ['{"a":4', {}],
    ['{"a":45}', { a: 45 }],
    ['{"a":"half', {}],
    ['{"a":"end\\', {}],
    ['{"a":"bad \\x escape","b":1}', {}],
    ['{"a":"\\u00e9\\ud83c\\udfac"}', { a: 'é🎬' }],
    ['{"key', {}],
    ['{"a":1 "b":2}', { a: 1 }],
    ['{"a":1e', {}],
    ['{"a":01,"b":1}', {}],
    ['[1,2', [1]],
    ['true', undefined],
    ['', undefined],
    ['nonsense ', undefined],
  ])('%j holds %j', (text, expected) => {
    expect(parseJsonPrefix(text)).toEqual(expected);
  });

  test('a key named __proto__ is a key like any other', () => {
    const parsed = parseJsonPrefix('{"__proto__":{"id":1}}');
    expect(Object.keys(parsed as object)).toEqual(['__proto__']);
    expect((parsed as Record<string, unknown>)['id']).toBeUndefined();
  });
});

test('a complete object or list reads as JSON.parse() reads it', () => {
  const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (original, indent) => {
      const text = JSON.stringify(original, null, indent);
      expect(JSON.stringify(parseJsonPrefix(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});
