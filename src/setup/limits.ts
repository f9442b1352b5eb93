/** How long the steps of the set-up wait, and what ends them. */
export interface Limits {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly cutOff: AbortSignal;
}
