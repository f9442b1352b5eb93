/** JSON as Go writes it, which escapes these. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type GoMap = Readonly<Record<string, unknown>>;

/** Go writes its maps in the order of their keys, and structs as they are declared. */
export function inKeyOrder(map: GoMap): GoMap {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that came in from outside without a declared form is maps in maps. */
export function mapsInKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapsInKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  return inKeyOrder(
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapsInKeyOrder(each)])),
  );
}
