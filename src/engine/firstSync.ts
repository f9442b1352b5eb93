import * as v from 'valibot';
import type { Survey } from '../core/reconcile/survey.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Meta } from '../store/port.ts';
import { readMemory } from './reconcileState.ts';
import { SurveySchema } from './surveySchema.ts';

/** Two entries, so that a report which is just done cannot undo what a person has said meanwhile. */
const ACCEPTED_KEY = 'first-sync';
const REPORT_KEY = 'first-sync-report';

export interface FirstSyncReport extends Survey {
  readonly startedAt: number;
  readonly endedAt: number;
}

const ReportSchema = v.object({
  schema: v.literal(1),
  startedAt: v.number(),
  endedAt: v.number(),
  ...SurveySchema.entries,
});

const AcceptedSchema = v.object({
  schema: v.literal(1),
  /** Null: comparisons of everything ask before they write. */
  accepted: v.nullable(
    v.object({
      at: v.number(),
      /** `earlier`: all was compared and written by a version that did not ask. */
      by: v.picklist(['person', 'setting', 'earlier']),
    }),
  ),
});

type Accepted = v.InferOutput<typeof AcceptedSchema>['accepted'];

export interface FirstSyncStatus {
  /** Null until everything was compared once. */
  readonly report: FirstSyncReport | null;
}

export interface FirstSyncParts {
  readonly store: { readonly meta: Meta };
  readonly settings: Pick<Settings, 'first_sync'>;
}

/** Null where comparisons of everything may write. */
export async function readFirstSync({ store, settings }: FirstSyncParts): Promise<FirstSyncStatus | null> {
  if (settings.first_sync === 'run' || (await readAccepted(store.meta)) !== null) return null;
  const text = await store.meta.get(REPORT_KEY);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ReportSchema), text);
  if (!parsed.success) return { report: null };
  const { startedAt, endedAt, tally, sample } = parsed.output;
  return { report: { startedAt, endedAt, tally, sample } };
}

/**
 * A library that an earlier version brought in step is no new one: whoever upgrades is not asked. Noted at the first
 * look, since the last comparison is another one soon.
 */
async function readAccepted(meta: Meta): Promise<Accepted> {
  const text = await meta.get(ACCEPTED_KEY);
  if (text === null) {
    const { last } = await readMemory(meta);
    if (last?.outcome !== 'done') return null;
    const accepted = { at: last.endedAt, by: 'earlier' } as const;
    await setAccepted(meta, accepted);
    return accepted;
  }
  // What cannot be read asks: a question too many harms nobody.
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), AcceptedSchema), text);
  return parsed.success ? parsed.output.accepted : null;
}

const setAccepted = (meta: Meta, accepted: Accepted): Promise<void> =>
  meta.set(ACCEPTED_KEY, JSON.stringify({ schema: 1, accepted }));

export const keepReport = (meta: Meta, report: FirstSyncReport): Promise<void> =>
  meta.set(REPORT_KEY, JSON.stringify({ schema: 1, ...report }));

/** Once is for good, whatever the setting says later. */
export async function acceptFirstSync(meta: Meta, by: 'person' | 'setting', now: number): Promise<void> {
  if ((await readAccepted(meta)) === null) await setAccepted(meta, { at: now, by });
}

/** Another pair of servers: what was said of the one before is not said of this one. */
export async function askFirstAgain(meta: Meta): Promise<void> {
  await setAccepted(meta, null);
  await meta.delete(REPORT_KEY);
}
