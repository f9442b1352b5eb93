/** Persisted, one per peer. Each state carries just its own data. */
export type Breaker =
  | { readonly state: 'closed'; readonly failuresInRow: number }
  | {
      readonly state: 'open';
      readonly openedAt: number;
      readonly probeAt: number;
      /** Times it opened in a row without closing: the open time grows with it. */
      readonly opened: number;
      readonly reason: string;
    };
