/** `a comparison of all 512 scenes`; without the number when Stash did not tell it. */
export const comparisonWords = ({ scenes }: { readonly scenes: number | null }): string =>
  `a comparison of all ${scenes === null ? '' : `${scenes} `}scenes`;
