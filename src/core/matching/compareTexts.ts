/** By code unit, the same on every machine: for results that must not depend on the order of finding. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
