/** One thing that "Check set-up" looked at. */
export interface SetupCheck {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly found: string;
  /** What to do about it; null when nothing is to be done. */
  readonly advice: string | null;
}
