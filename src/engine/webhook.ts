import type { Alert } from '../core/notify/alert.ts';
import type { WebhookKind } from '../core/notify/webhookAddress.ts';
import { WEBHOOKS } from '../core/notify/webhooks.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import { createHttpClient } from '../http/request.ts';

export interface WebhookFailure {
  /** Without the address, which is a secret: often it holds one in its path. */
  readonly words: string;
  /** Another attempt would come to the same. */
  readonly isFinal: boolean;
  readonly retryAfterMs?: number;
}

export type SendAlert = (alert: Alert, at: number) => Promise<Result<void, WebhookFailure>>;

const CONNECT_TIMEOUT_MS = 5_000;
const READ_TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** Follows no redirect, as no request of ours does. */
export function createWebhook(options: {
  /** Http or https; user and password are sent as basic sign-in. */
  readonly url: string;
  readonly kind: WebhookKind;
  readonly cutOff?: AbortSignal;
}): SendAlert {
  const { kind, cutOff } = options;
  const url = new URL(options.url);
  const path = url.pathname + url.search;
  url.pathname = '';
  url.search = '';
  url.hash = '';
  const http = createHttpClient({
    name: 'The webhook',
    url: url.href,
    tlsVerify: true,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    readTimeoutMs: READ_TIMEOUT_MS,
    ...(cutOff === undefined ? {} : { cutOff }),
  });
  return async (alert, at) => {
    const { headers, body } = WEBHOOKS[kind].make(alert, at);
    const sent = await http({ method: 'POST', path, headers, body, maxBytes: MOST_BYTES, isRead: false });
    return sent.ok || isTaken(sent.failure) ? succeed(undefined) : fail(failureOf(sent.failure));
  };
}

/** The answer was a good one as far as it was read, and nothing in it matters. */
const isTaken = ({ kind }: HttpFailure): boolean =>
  kind === 'too-large' || kind === 'truncated' || kind === 'bad-encoding';

function failureOf(failure: HttpFailure): WebhookFailure {
  switch (failure.kind) {
    case 'status': {
      const { status, retryAfterMs } = failure;
      const isFinal = status < 500 && status !== 408 && status !== 429;
      const words = `the webhook answered ${status}`;
      return { words, isFinal, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    case 'redirect':
      return { words: `the webhook redirects (${failure.status}), which is not followed`, isFinal: true };
    case 'tls':
      return { words: `the webhook’s certificate is not good (${failure.code})`, isFinal: false };
    case 'unsendable':
      return { words: 'the address cannot be asked as it is', isFinal: true };
    default:
      return { words: `the webhook does not answer (${failure.kind})`, isFinal: false };
  }
}
