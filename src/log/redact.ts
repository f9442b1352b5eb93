const MASK = '[redacted]';

/**
 * `X-Plex-Token=…`, `apikey: …`, `"plex_token": "…"`, as they stand in URLs, headers and dumps of them. A
 * setting's name before a colon is no secret yet: messages begin so.
 */
const NAMED_SECRET =
  /((?:(?:x-plex-token|api-?key|authorization|cookie)["']?\s*(?:=|%3d|:)\s*["']?|(?:plex_token|stash_api_key|http_token|notify_url)["']?\s*(?:=|:\s*["'])\s*["']?)(?:bearer\s+)?)[^\s&"'<>;,)]+/giu;

/** A text shorter than this is no secret, and would blot out half of the log. */
const SHORTEST = 4;

export type Redact = (text: string) => string;

/** Takes secrets out of texts: those that are known, in plain and in URL form, and what is named like one. */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const known = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) =>
    known.reduce((rest, secret) => rest.replaceAll(secret, MASK), text).replace(NAMED_SECRET, `$1${MASK}`);
}

/** Fields whose value is a secret by their name, whatever it is. */
const SECRET_NAME = /token$|api[_-]?key$|password$|cookie$|^authorization$|^notify_url$/iu;

export const redactNamed = (name: string, value: unknown): unknown =>
  SECRET_NAME.test(name) && value !== '' && value !== null && value !== undefined ? MASK : value;
