export const PLEX_TOKEN = 'plex-token-5e7c0ffee';
export const STASH_API_KEY = 'stash.api-key.7d0d0';

/** What no process may print, whatever befalls it. */
export const SECRETS: readonly string[] = [PLEX_TOKEN, STASH_API_KEY];
