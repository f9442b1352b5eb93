import { createHash } from 'node:crypto';
import { streamSSE } from 'hono/streaming';
import type { Status } from '../../../engine/operations.ts';
import type { Dashboard, DashboardParts } from './dashboard.ts';

const LIVE_PATH = '/live';
const LOOK_EVERY_MS = 1_000;
/** Proxies close what is silent for a minute. */
const HEARTBEAT_EVERY_LOOKS = 20;

/**
 * Tells open pages that something has changed, not what: a page that is live asks for itself again. Browsers connect
 * anew by themselves, and are told at once then.
 */
export function addLive({ app, parts }: Dashboard): void {
  const lookAtState = sharedLook(parts);
  const lookAtLog = (): Promise<string> => Promise.resolve(String(parts.recentLog.noted));
  app.get(LIVE_PATH, (context) => {
    const look = context.req.query('of') === 'log' ? lookAtLog : lookAtState;
    return streamSSE(context, async (stream) => {
      // Proxies that gather answers would hold it back (nginx).
      context.header('x-accel-buffering', 'no');
      let seen = '';
      for (let looks = 0; !stream.aborted && !parts.ended.aborted; looks++) {
        const mark = await look();
        if (mark !== seen) await stream.writeSSE({ event: 'changed', data: mark });
        else if (looks % HEARTBEAT_EVERY_LOOKS === 0) await stream.writeSSE({ event: 'still', data: '' });
        seen = mark;
        await stream.sleep(LOOK_EVERY_MS);
      }
    });
  });
}

export const livePath = (of: true | 'log'): string => (of === 'log' ? `${LIVE_PATH}?of=log` : LIVE_PATH);

/** One look serves all who are connected. */
function sharedLook({ operations, now }: DashboardParts): () => Promise<string> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let latest: Promise<string> = Promise.resolve('');
  return () => {
    if (Math.abs(now() - lookedAt) >= LOOK_EVERY_MS / 2) {
      lookedAt = now();
      latest = Promise.all([operations.status(), operations.history({ limit: 1 })]).then(
        ([status, [write]]) => markOf(status, write?.id ?? null),
      );
    }
    return latest;
  };
}

/** The same as long as pages would show the same, but for how long ago things were. */
const markOf = (status: Status, lastWrite: number | null): string =>
  createHash('sha256')
    .update(JSON.stringify([{ ...status, lastPollAt: null }, lastWrite]))
    .digest('base64url')
    .slice(0, 12);
