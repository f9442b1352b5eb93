import { describe, expect, test } from 'vitest';
import {
  type Alert,
  deadLetters,
  outage,
  outageOver,
  paused,
  pausedOver,
  stopped,
  test as testAlert,
} from './alert.ts';
import { WEBHOOK_KINDS, webhookProblem } from './webhookAddress.ts';
import { WEBHOOKS } from './webhooks.ts';

const alert: Alert = {
  event: 'stopped',
  severity: 'error',
  title: 'PlexSync: <stop> & look',
  text: 'One “word”, @everyone & <all>',
};

test('each receiver gets the form that it takes', () => {
  const made = Object.fromEntries(
    WEBHOOK_KINDS.filter((kind) => kind !== 'ntfy').map((kind) => [
      kind,
      JSON.parse(WEBHOOKS[kind].make(alert, 0).body) as unknown,
    ]),
  );
  const { title, text } = alert;
  expect(made).toEqual({
    json: { source: 'plexsync', ...alert, at: '1970-01-01T00:00:00.000Z' },
    discord: { content: `**${title}**\n${text}`, allowed_mentions: { parse: [] } },
    slack: {
      text: '*PlexSync: &lt;stop&gt; &amp; look*\nOne “word”, @everyone &amp; &lt;all&gt;',
    },
    gotify: { title, message: text, priority: 8 },
    apprise: { title, body: text, type: 'failure' },
  });
  expect(WEBHOOKS.ntfy.make(alert)).toEqual({
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      title,
      priority: '4',
      tags: 'rotating_light',
    },
    body: text,
  });
});

test('Discord is sent no more than it takes', () => {
  const { body } = WEBHOOKS.discord.make({ ...alert, text: 'x'.repeat(5_000) });
  expect((JSON.parse(body) as { readonly content: string }).content).toHaveLength(2_000);
});

test('every title can go into a header', () => {
  const titles = [
    deadLetters({ rejected: 1 }),
    deadLetters({ rejected: 2, ambiguous: 3 }),
    ...(['plex', 'stash'] as const).flatMap((peer) => [
      outage(peer, 0),
      outageOver(peer, 0),
      paused(peer, 'auth'),
      pausedOver(peer),
    ]),
    stopped(''),
    testAlert,
  ].map(({ title }) => title);
  for (const title of titles) expect(title).toMatch(/^[ -~]+$/);
});

describe('an address of a webhook', () => {
  test.each([
    'https://ntfy.sh/topic',
    'http://user:word@apprise:8000/notify/key',
    'https://g/message?token=a',
  ])('may be %s', (url) => expect(webhookProblem(url)).toBeNull());
  test.each(['ntfy.sh/topic', 'file:///etc/passwd', 'ftp://a/b', 'javascript:alert(1)', 'https://', 'topic'])(
    'may not be %s',
    (url) => expect(webhookProblem(url)).not.toBeNull(),
  );
});
