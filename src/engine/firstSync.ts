import * as v from 'valibot';
import type { Survey } from '../core/reconcile/survey.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Meta } from '../store/port.ts';
import { readMemory } from './reconcileState.ts';
import { SurveySchema } from './surveySchema.ts';

const META_KEY = 'first-sync';

export interface FirstSyncReport extends Survey {
  readonly startedAt: number;
  readonly endedAt: number;
}

const ReportSchema = v.object({
  startedAt: v.number(),
  endedAt: v.number(),
  ...SurveySchema.entries,
}) satisfies v.GenericSchema<unknown, FirstSyncReport>;

const MemorySchema = v.object({
  schema: v.literal(1),
  /** Null: comparisons of everything ask before they write. */
  accepted: v.nullable(
    v.object({
      at: v.number(),
      /** `earlier`: all was compared and written by a version that did not ask. */
      by: v.picklist(['person', 'setting', 'earlier']),
    }),
  ),
  report: v.nullable(ReportSchema),
});

interface Memory {
  readonly accepted: v.InferOutput<typeof MemorySchema>['accepted'];
  readonly report: FirstSyncReport | null;
}

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
  if (settings.first_sync === 'run') return null;
  const { accepted, report } = await readMemoryOf(store.meta);
  return accepted === null ? { report } : null;
}

/** A library that an earlier version brought in step is no new one: whoever upgrades is not asked. */
async function readMemoryOf(meta: Meta): Promise<Memory> {
  const text = await meta.get(META_KEY);
  if (text === null) {
    const { last } = await readMemory(meta);
    const accepted = last?.outcome === 'done' ? ({ at: last.endedAt, by: 'earlier' } as const) : null;
    return { accepted, report: null };
  }
  // What cannot be read asks: a question too many harms nobody.
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), MemorySchema), text);
  return parsed.success ? parsed.output : { accepted: null, report: null };
}

const memoryText = (memory: Memory): string => JSON.stringify({ schema: 1, ...memory });

export async function keepReport(meta: Meta, report: FirstSyncReport): Promise<void> {
  await meta.set(META_KEY, memoryText({ accepted: null, report }));
}

/** Once is for good, whatever the setting says later. */
export async function acceptFirstSync(meta: Meta, by: 'person' | 'setting', now: number): Promise<void> {
  const { accepted, report } = await readMemoryOf(meta);
  if (accepted === null) await meta.set(META_KEY, memoryText({ accepted: { at: now, by }, report }));
}

/** Another pair of servers: what was said of the one before is not said of this one. */
export async function askFirstAgain(meta: Meta): Promise<void> {
  await meta.set(META_KEY, memoryText({ accepted: null, report: null }));
}
