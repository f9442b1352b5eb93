import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

let count = 0;

/** An event as hook.sh leaves it in the inbox: whole, or not there. */
export function leaveHookEvent(
  inboxDir: string,
  event: { readonly type: string; readonly id: number; readonly input?: unknown },
): void {
  mkdirSync(inboxDir, { recursive: true });
  const name = `${process.pid}-${String(++count).padStart(6, '0')}`;
  const written = path.join(inboxDir, `.new-${name}`);
  writeFileSync(written, JSON.stringify({ server_connection: {}, args: { hookContext: event } }));
  renameSync(written, path.join(inboxDir, `v1-${name}`));
}
