/** How many of a list a page shows: as its address says, within reason. */
export function shownLimit(
  text: string | undefined,
  { usual, most }: { readonly usual: number; readonly most: number },
): number {
  const count = Number(text);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, most) : usual;
}
