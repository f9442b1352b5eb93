import { test } from '../core/notify/alert.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Engine } from './engine.ts';
import { createWebhook } from './webhook.ts';

export async function testNotification({ settings, clock }: Engine): Promise<Result<void>> {
  const { notify_url: url, notify_kind: kind } = settings;
  if (url === '') {
    return fail({
      class: 'settings',
      message: 'notify_url is not set: nobody is told of anything.',
      advice: 'Set notify_url to the address of a webhook, and notify_kind to what it is.',
    });
  }
  const sent = await createWebhook({ url, kind })(test, clock.now());
  if (sent.ok) return succeed(undefined);
  return fail({
    class: 'settings',
    message: `The notification did not get through: ${sent.failure.words}.`,
    advice: 'Correct notify_url and notify_kind.',
  });
}
