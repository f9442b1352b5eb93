/** How the simulated Stash is set up; may be changed while it runs. */
export interface Switches {
  olderStash: boolean;
  zone: string;
  apiKey: string;
  password: string;
  sessionSeconds: number;
  coverTags: boolean;
  coverRanges: boolean;
  latencyMs: number;
  clockAheadMs: number;
}

type SwitchName = keyof Switches;

/** Defaults, and what `--help` says. */
export const SWITCHES: {
  readonly [Name in SwitchName]: { readonly value: Switches[Name]; readonly help: string };
} = {
  olderStash: { value: false, help: 'lacks what Stash 0.27 lacks: fields of later versions, partial dates' },
  zone: { value: '+00:00', help: "the server's zone, in which it stores and prints times" },
  apiKey: { value: '', help: 'the API key; it works with and without a password' },
  password: {
    value: '',
    help: 'the password of the user "stash"; when set, requests need the API key or a session',
  },
  sessionSeconds: { value: 3600, help: 'how long a session cookie lasts' },
  coverTags: { value: true, help: 'covers come with an ETag; some proxies take it off' },
  coverRanges: { value: true, help: 'a part of a cover may be asked for; some proxies send the whole' },
  latencyMs: { value: 0, help: 'added before each answer' },
  clockAheadMs: { value: 0, help: 'how far the Date of its answers is ahead' },
};

export function makeSwitches(given: Partial<Switches>): Switches {
  return {
    olderStash: given.olderStash ?? SWITCHES.olderStash.value,
    zone: given.zone ?? SWITCHES.zone.value,
    apiKey: given.apiKey ?? SWITCHES.apiKey.value,
    password: given.password ?? SWITCHES.password.value,
    sessionSeconds: given.sessionSeconds ?? SWITCHES.sessionSeconds.value,
    coverTags: given.coverTags ?? SWITCHES.coverTags.value,
    coverRanges: given.coverRanges ?? SWITCHES.coverRanges.value,
    latencyMs: given.latencyMs ?? SWITCHES.latencyMs.value,
    clockAheadMs: given.clockAheadMs ?? SWITCHES.clockAheadMs.value,
  };
}
