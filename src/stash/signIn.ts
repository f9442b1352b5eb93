import type { IncomingHttpHeaders } from 'node:http';

type Headers = Readonly<Record<string, string>>;

/** How requests to Stash show who asks (stash reference §2.8). */
export interface StashSignIn {
  /** Of the next request. */
  headers(): Headers;
  /** To be told the headers of every good answer: Stash prolongs a session by a new cookie. */
  noteAnswer(headers: IncomingHttpHeaders): void;
  /** Stash said 401 to `sent`. True when there is another way, which the next `headers()` takes. */
  noteRefusal(sent: Headers): boolean;
  /** What a person can do when no way is left. */
  readonly advice: string;
}

/** A key from the settings; empty: none. A key that is sent must be right, even where Stash asks for none. */
export function apiKeySignIn(apiKey: string): StashSignIn {
  return {
    headers: () => (apiKey === '' ? {} : { ApiKey: apiKey }),
    noteAnswer: () => undefined,
    noteRefusal: () => false,
    advice: apiKey === '' ? NO_KEY : WRONG_KEY,
  };
}

const WRONG_KEY =
  'Set stash_api_key to the key in Stash’s Settings > Security; leave it out when Stash has no password.';
const NO_KEY = 'Set stash_api_key to the key in Stash’s Settings > Security.';
