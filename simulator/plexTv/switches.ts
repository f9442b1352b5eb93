/** Behaviours of plex.tv that nobody has confirmed, and both ways it may be. The first side is the default. */
export interface Switches {
  /** A pin after its time. [U] */
  expiredPin: 'not-found' | 'shown';
  /** Whether a pin says how long it holds. [U] */
  pinLife: 'told' | 'untold';
  /** Ids of pins. [U] */
  pinIds: 'number' | 'text';
  /** What `GET /api/v2/user` says of the token of one server. [U] */
  serverTokens: 'unknown' | 'known';
}

export const SWITCHES: {
  readonly [Name in keyof Switches]: { sides: readonly Switches[Name][]; words: string };
} = {
  expiredPin: {
    sides: ['not-found', 'shown'],
    words: 'a pin after its time: 404, or 200 with no token and no time left',
  },
  pinLife: { sides: ['told', 'untold'], words: 'whether a pin says how long it holds' },
  pinIds: { sides: ['number', 'text'], words: 'how the id of a pin is written' },
  serverTokens: {
    sides: ['unknown', 'known'],
    words: 'whether the token of one server is an account’s, too',
  },
};

export const SWITCH_NAMES = Object.keys(SWITCHES) as readonly (keyof Switches)[];

export const defaultSwitches = (): Switches => ({
  expiredPin: 'not-found',
  pinLife: 'told',
  pinIds: 'number',
  serverTokens: 'unknown',
});
