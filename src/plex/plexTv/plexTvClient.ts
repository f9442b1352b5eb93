import type { ListedServer } from '../../core/firstRun/plexServer.ts';
import type { Result } from '../../core/result.ts';

/** All that PlexSync asks of plex.tv, at sign-in alone. No method throws for what plex.tv or the network does. */
export interface PlexTvClient {
  /** A code for which a person signs in, in a browser. */
  createPin(): Promise<Result<Pin>>;
  lookAtPin(pin: Pin): Promise<Result<PinState>>;
  /** Whose token it is; null: plex.tv does not know it. */
  account(token: string): Promise<Result<Account | null>>;
  /** The servers of the account, and those that others share with it. */
  servers(token: string): Promise<Result<readonly ListedServer[]>>;
}

export interface Pin {
  readonly id: string;
  /** Where the person signs in. */
  readonly link: string;
  /** How long it holds from its making. */
  readonly lifeMs: number;
}

export type PinState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'signed-in'; readonly token: string };

export interface Account {
  /** As it shows itself; may be empty. */
  readonly name: string;
}
