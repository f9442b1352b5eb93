import type { SessionCookie } from './serverConnection.ts';
import type { StashSignIn } from './signIn.ts';

/**
 * How the plugin signs in, with what Stash itself hands out: the API key if there is one, else the newest
 * session cookie. Cookies last an hour and go on with every answer; they are kept in memory only. A key that
 * is refused was made anew in Stash: the cookie is tried, and the next look at Stash's settings brings the
 * new key.
 */
export class HookSignIn implements StashSignIn {
  #apiKey = '';
  #refusedKey: string | null = null;
  #cookie: SessionCookie | null = null;
  readonly #onRenewed: () => void;

  readonly advice =
    'Open Stash’s page or edit a scene: that lends PlexSync a session. To last, make an API key in Stash’s Settings > Security.';

  /** `onRenewed`: there is something new to sign in with, so what waited for it may be tried at once. */
  constructor(onRenewed: () => void) {
    this.#onRenewed = onRenewed;
  }

  get apiKey(): string {
    return this.#apiKey;
  }

  useApiKey(apiKey: string): void {
    if (apiKey === this.#apiKey) return;
    this.#apiKey = apiKey;
    this.#refusedKey = null;
    this.#onRenewed();
  }

  useCookie(cookie: SessionCookie): void {
    this.#cookie = cookie;
    this.#onRenewed();
  }

  headers(): Readonly<Record<string, string>> {
    if (this.#apiKey !== '' && this.#apiKey !== this.#refusedKey) return { ApiKey: this.#apiKey };
    return this.#cookie === null ? {} : { Cookie: `${this.#cookie.name}=${this.#cookie.value}` };
  }

  noteAnswer(headers: { readonly 'set-cookie'?: readonly string[] | undefined }): void {
    if (this.#cookie === null) return;
    const prefix = `${this.#cookie.name}=`;
    const set = headers['set-cookie']?.find((line) => line.startsWith(prefix));
    const value = set?.slice(prefix.length).split(';', 1)[0];
    if (value !== undefined && value !== '') this.#cookie = { name: this.#cookie.name, value };
  }

  noteRefusal(sent: Readonly<Record<string, string>>): boolean {
    const key = sent['ApiKey'];
    if (key === undefined) return false;
    this.#refusedKey = key;
    return true;
  }
}
