import type { Failure } from '../core/failure.ts';
import type { StoredInput } from '../engine/storedInput.ts';
import { createHttpClient } from '../http/request.ts';
import { type AskStash, createAskStash } from '../stash/graphql.ts';
import { HookSignIn } from '../stash/hookSignIn.ts';
import { type PluginConfig, readPluginConfig, writePluginConfig } from '../stash/pluginConfig.ts';
import { decodeServerConnection } from '../stash/serverConnection.ts';
import { PLUGIN_ID } from './pluginId.ts';
import type { RememberedStash } from './rememberedStash.ts';
import { withSwitchesShown } from './settingsInStash.ts';

/** Of a server on the same machine. */
const CONNECT_TIMEOUT_MS = 5_000;
const READ_TIMEOUT_MS = 10_000;

export type StashLook =
  | { readonly kind: 'seen'; readonly config: PluginConfig }
  | { readonly kind: 'failed'; readonly failure: Failure };

interface StashAccessParts {
  readonly remembered: RememberedStash | null;
  /** Keeps what is to be known when Stash is away. */
  readonly remember: (stash: RememberedStash) => Promise<void>;
  readonly onRenewed: () => void;
  /** The process is to end: no answer is waited for. */
  readonly cutOff: AbortSignal;
}

/** The Stash that this plugin belongs to: where it is, how to sign in, and what it says of us. */
export class StashAccess {
  readonly signIn: HookSignIn;
  readonly #cutOff: AbortSignal;
  readonly #remember: StashAccessParts['remember'];
  #known: RememberedStash | null;
  #url: string;
  #connectionAt = 0;
  #ask: { readonly url: string; readonly ask: AskStash } | null = null;

  constructor({ remembered, remember, onRenewed, cutOff }: StashAccessParts) {
    this.#cutOff = cutOff;
    this.#known = remembered;
    this.#remember = remember;
    this.signIn = new HookSignIn(onRenewed);
    this.#url = remembered?.url ?? '';
    if (remembered !== null) this.signIn.useApiKey(remembered.apiKey);
  }

  /** Empty while nothing has told. */
  get url(): string {
    return this.#url;
  }

  /** Settings as Stash stored them at the last look, or in an earlier life. */
  get values(): RememberedStash['values'] {
    return this.#known?.values ?? {};
  }

  /** Takes the way to Stash from what it wrote to hook.sh; an older one than known is left alone. */
  note({ bytes, storedAt }: StoredInput): void {
    if (storedAt < this.#connectionAt) return;
    const connection = decodeServerConnection(bytes);
    if (connection === null) return;
    this.#connectionAt = storedAt;
    this.#url = connection.url;
    if (connection.cookie !== null) this.signIn.useCookie(connection.cookie);
  }

  /** Asks Stash for the plugin's state and settings, and keeps them; null when nobody has told where it is. */
  async look(): Promise<StashLook | null> {
    if (this.#url === '') return null;
    const ask = this.#asking();
    const read = await readPluginConfig(ask, PLUGIN_ID);
    if (!read.ok) return { kind: 'failed', failure: read.failure };
    const { apiKey, values, isEnabled } = read.value;
    this.signIn.useApiKey(apiKey);
    const shown = isEnabled === true ? withSwitchesShown(values) : null;
    // Refused, for a Stash that is busy: the next look does it.
    if (shown !== null) await writePluginConfig(ask, PLUGIN_ID, shown);
    const known = { url: this.#url, apiKey, values };
    if (JSON.stringify(known) !== JSON.stringify(this.#known)) {
      this.#known = known;
      await this.#remember(known);
    }
    return { kind: 'seen', config: read.value };
  }

  #asking(): AskStash {
    if (this.#ask?.url !== this.#url) {
      const http = createHttpClient({
        name: 'Stash',
        url: this.#url,
        tlsVerify: false,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        readTimeoutMs: READ_TIMEOUT_MS,
        cutOff: this.#cutOff,
      });
      this.#ask = { url: this.#url, ask: createAskStash(http, this.signIn) };
    }
    return this.#ask.ask;
  }
}
