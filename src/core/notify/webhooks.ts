import type { Alert } from './alert.ts';
import type { WebhookKind } from './webhookAddress.ts';

export interface WebhookBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Webhook {
  /** What its address looks like, for the docs. */
  readonly address: string;
  readonly make: (alert: Alert, at: number) => WebhookBody;
}

/** Discord refuses longer ones. */
const DISCORD_CHARACTERS = 2_000;

/** What each kind of receiver takes. */
export const WEBHOOKS = {
  json: {
    address: 'any; gets `source`, `event`, `severity`, `title`, `text` and `at` as JSON',
    make: (alert, at) => json({ source: 'plexsync', ...alert, at: new Date(at).toISOString() }),
  },
  discord: {
    address: '`https://discord.com/api/webhooks/…/…`',
    // Nobody is to be pinged, whatever the text holds.
    make: ({ title, text }) =>
      json({
        content: `**${title}**\n${text}`.slice(0, DISCORD_CHARACTERS),
        allowed_mentions: { parse: [] },
      }),
  },
  slack: {
    address: '`https://hooks.slack.com/services/…`, or an incoming webhook of Mattermost or Rocket.Chat',
    make: ({ title, text }) => json({ text: `*${slackText(title)}*\n${slackText(text)}` }),
  },
  gotify: {
    address: '`https://gotify.example/message?token=…`, the token of an application',
    make: ({ title, text, severity }) =>
      json({ title, message: text, priority: { info: 2, warning: 5, error: 8 }[severity] }),
  },
  ntfy: {
    address: '`https://ntfy.sh/your-topic`, with `?auth=…` where it asks for a sign-in',
    make: ({ title, text, severity }) => ({
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        title,
        priority: { info: '2', warning: '3', error: '4' }[severity],
        tags: { info: 'white_check_mark', warning: 'warning', error: 'rotating_light' }[severity],
      },
      body: text,
    }),
  },
  apprise: {
    address:
      '`http://apprise:8000/notify/your-key` (Apprise API), which passes it on to some hundred services',
    make: ({ title, text, severity }) =>
      json({
        title,
        body: text,
        type: { info: 'info', warning: 'warning', error: 'failure' }[severity],
      }),
  },
} as const satisfies Record<WebhookKind, Webhook>;

const json = (value: unknown): WebhookBody => ({
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** The three characters that mean something to Slack. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
