import * as v from 'valibot';

/**
 * Plex's JSON is not of one mind (plex reference §1): the same number comes as 1 or "1", a boolean as true,
 * 1 or "1", what is empty is left out.
 */
export const count = v.nullish(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform((value) => (value === '' ? Number.NaN : Number(value))),
    v.transform((number) => (Number.isFinite(number) && number >= 0 ? number : null)),
  ),
  null,
);

/** Nothing has a size or duration worth comparing. */
export const positiveCount = v.pipe(
  count,
  v.transform((number) => (number === 0 ? null : number)),
);

export const flag = v.nullish(
  v.pipe(
    v.union([v.boolean(), v.number(), v.string()]),
    v.transform((value) => value === true || value === 1 || value === '1' || value === 'true'),
  ),
  false,
);

/** An id of decimal digits, as a text. */
export const digits = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.regex(/^\d+$/, 'not an id'),
);

/** A number as the shortest text; empty where there is none. */
export const numberText = v.pipe(
  count,
  v.transform((number) => (number === null ? '' : String(number))),
);

export const text = v.nullish(v.string(), '');
