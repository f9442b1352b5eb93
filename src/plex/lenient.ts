import * as v from 'valibot';

/**
 * Plex's JSON is not of one mind (plex reference §1): the same number comes as 1 or "1", a boolean as true,
 * 1 or "1", what is empty is left out.
 */
const decimal = v.nullish(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform((value) => (value === '' ? Number.NaN : Number(value))),
    v.transform((number) => (Number.isFinite(number) && number >= 0 ? number : null)),
  ),
  null,
);

/** Sizes, times and the like. What is no whole number, or too large for one, says nothing, and no database takes it. */
export const count = v.pipe(
  decimal,
  v.transform((number) => (number !== null && Number.isSafeInteger(number) ? number : null)),
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
  decimal,
  v.transform((number) => (number === null ? '' : String(number))),
);

/** Half a character, which JSON can hold, would be another text each time that it comes back from the database. */
export const text = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((value) => value.toWellFormed()),
);
