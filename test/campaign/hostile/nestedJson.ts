import fc from 'fast-check';
import { HOSTILE_TEXTS } from '../../world/hostileTexts.ts';

/** What stands for a part that JSON.stringify() could not write: so deep or so long is it. */
const LONG_PARTS = {
  '@@deep-list@@': '['.repeat(10_000) + ']'.repeat(10_000),
  '@@deep-object@@': '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  '@@many@@': `[${'1,'.repeat(150_000)}1]`,
  '@@number@@': `1${'0'.repeat(5_000)}`,
  '@@tiny@@': '5e-324',
  '@@huge@@': '1e400',
} as const;

const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 60, 1e300, '', '0', '1', '-1', '1.5', '1e30'],
  ...['1152921504606846976', 'Infinity', 'NaN', ' 1', '1\n', [], {}, [[]], [null], [{}], 'x'.repeat(30_000)],
  ...[{ toString: null }, { length: 1e9 }, '9'.repeat(5_000), '/a'.repeat(10_000), '"/'.repeat(10_000)],
  ...['=>'.repeat(10_000), '{'.repeat(10_000), '<Response '.repeat(5_000), ' \n'.repeat(10_000)],
  ...Object.keys(LONG_PARTS),
  ...HOSTILE_TEXTS,
];

/** Down to a part by the nth of its children; then what becomes of it. */
interface Change {
  readonly way: readonly number[];
  readonly what:
    | { readonly kind: 'replace'; readonly by: unknown }
    | { readonly kind: 'drop' | 'double' | 'repeat' }
    | { readonly kind: 'nest' }
    | { readonly kind: 'rename'; readonly to: string };
}

const change: fc.Arbitrary<Change> = fc.record({
  way: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
  what: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('replace' as const), by: fc.constantFrom(...values) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('replace' as const), by: fc.jsonValue({ maxDepth: 3 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('drop' as const, 'double' as const) }) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.record({ kind: fc.constant('nest' as const) }),
        fc.record({ kind: fc.constant('repeat' as const) }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('rename' as const),
        to: fc.constantFrom(
          '__proto__',
          'constructor',
          'toString',
          'length',
          '',
          'x'.repeat(5_000),
          ...HOSTILE_TEXTS,
        ),
      }),
    },
  ),
});

/** JSON like a good one, in which some parts are what nobody expects there. */
export const changedJson = (good: readonly unknown[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...good), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([value, changes]) => changed(value, changes));

function changed(good: unknown, changes: readonly Change[]): string {
  const root: Parts = { whole: structuredClone(good) };
  let nest: { readonly holder: Parts; readonly key: string } | null = null;
  for (const { way, what } of changes) {
    const { holder, key } = partAt(root, way);
    // One part within itself is enough.
    if (what.kind === 'nest') nest = { holder, key };
    else apply(what, holder, key);
  }
  return nest === null ? written(root['whole']) : nested(root, nest.holder, nest.key);
}

/** An object or a list, by its keys. */
type Parts = Record<string, unknown>;

function partAt(root: Parts, way: readonly number[]): { readonly holder: Parts; readonly key: string } {
  let [holder, key] = [root, 'whole'];
  for (const step of way) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null) break;
    const keys = Object.keys(value);
    const next = keys[step % Math.max(1, keys.length)];
    if (next === undefined) break;
    [holder, key] = [value as Parts, next];
  }
  return { holder, key };
}

function apply(what: Exclude<Change['what'], { kind: 'nest' }>, holder: Parts, key: string): void {
  switch (what.kind) {
    case 'replace':
      holder[key] = structuredClone(what.by);
      break;
    case 'drop':
      delete holder[key];
      break;
    case 'double':
      if (Array.isArray(holder)) holder.push(holder[key as unknown as number]);
      break;
    case 'repeat':
      if (Array.isArray(holder)) {
        const part: unknown = holder[key as unknown as number];
        holder.push(...Array.from({ length: 2_000 }, () => part));
      }
      break;
    case 'rename':
      if (Array.isArray(holder)) break;
      Object.defineProperty(holder, what.to, {
        value: holder[key],
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
  }
}

/** The holder within itself, a few thousand times: a studio whose parent has a parent … */
function nested(root: Parts, holder: Parts, key: string): string {
  const SELF = '@@self@@';
  holder[key] = SELF;
  const [before, after] = written(holder).split(`"${SELF}"`);
  const whole = written(root['whole']);
  if (before === undefined || after === undefined || holder === root) return whole;
  const times = Math.min(8_000, Math.ceil(600_000 / (before.length + after.length)));
  return whole.replace(`"${SELF}"`, () => `${before.repeat(times)}null${after.repeat(times)}`);
}

/** Of what stands for a long part, in all: a thousand lists of a hundred thousand parts would be no input any more. */
const MOST_LONG_PARTS = 1024 * 1024;

function written(value: unknown): string {
  let length = 0;
  return (JSON.stringify(value) ?? 'null').replace(/"(@@[a-z-]+@@)"/g, (whole, name: string) => {
    const part = LONG_PARTS[name as keyof typeof LONG_PARTS] ?? whole;
    length += part.length;
    return length > MOST_LONG_PARTS ? 'null' : part;
  });
}
