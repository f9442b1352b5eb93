/** A sentence where a figure is beyond its limit, else none. */
export const over = (what: string, found: number, limit: number): readonly string[] =>
  found > limit ? [`${what}: ${found} where ${limit} are the limit`] : [];
