import * as v from 'valibot';
import type { NotifyMemory } from '../core/notify/decide.ts';
import type { Unsent } from '../core/notify/unsent.ts';
import type { Meta } from '../store/port.ts';

export interface NotifierState {
  readonly memory: NotifyMemory;
  readonly unsent: readonly Unsent[];
}

const META_KEY = 'notifier';

const TroubleSchema = v.object({ kind: v.picklist(['away', 'paused']), since: v.number() });

const UnsentSchema = v.object({
  alert: v.object({
    event: v.picklist(['dead-letters', 'outage', 'outage-over', 'paused', 'paused-over', 'stopped', 'test']),
    severity: v.picklist(['info', 'warning', 'error']),
    title: v.string(),
    text: v.string(),
  }),
  at: v.number(),
  attempts: v.number(),
  nextAt: v.number(),
});

const StateSchema = v.object({
  schema: v.literal(1),
  memory: v.object({
    deadUntil: v.number(),
    deadToldAt: v.nullable(v.number()),
    troubles: v.object({ plex: v.exactOptional(TroubleSchema), stash: v.exactOptional(TroubleSchema) }),
    stopSince: v.nullable(v.number()),
  }),
  unsent: v.array(UnsentSchema),
});

/** Null where there is none, or one that another version wrote. */
export async function readNotifierState(meta: Meta): Promise<NotifierState | null> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), StateSchema), await meta.get(META_KEY));
  return parsed.success ? parsed.output : null;
}

/** Only what differs is written: a disk need not spin up for a look that found nothing. */
export async function storeNotifierState(meta: Meta, { memory, unsent }: NotifierState): Promise<void> {
  const text = JSON.stringify({ schema: 1, memory, unsent });
  if ((await meta.get(META_KEY)) !== text) await meta.set(META_KEY, text);
}
