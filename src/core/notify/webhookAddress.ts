/** The receivers that are known. One that is none of these takes `json`, or has Apprise before it. */
export const WEBHOOK_KINDS = ['json', 'discord', 'slack', 'gotify', 'ntfy', 'apprise'] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** In words when it is no address that a webhook can have. */
export function webhookProblem(text: string): string | null {
  const url = URL.parse(text);
  const isGood = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isGood ? null : 'an address that begins with http:// or https://';
}
