import * as v from 'valibot';
import { entityId, sceneId } from '../core/ids.ts';
import type { Told } from '../core/intake.ts';
import { type EntityKind, type Subject, sceneSubject } from '../core/scene.ts';
import { parseJsonPrefix } from './jsonPrefix.ts';
import { stashId } from './stashId.ts';

export type HookEvent =
  /** May be none: events of galleries, images and the like mean nothing to us. */
  ({ readonly kind: 'triggers' } & Told) | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Reads what Stash told a hook, from the first 64 KiB of its stdin at most: cover images make it longer
 * (stash reference §2.1), so the end may be missing. Only the type, the id, the sources of a merge and how many
 * the edit was about are used; all else is read from Stash when the job runs, since it may be old by then (§2.7).
 */
export function decodeHookEvent(bytes: Uint8Array): HookEvent {
  const input = v.safeParse(InputSchema, parseJsonPrefix(new TextDecoder().decode(bytes)));
  if (!input.success) return { kind: 'unreadable', why: whyUnreadable(bytes) };
  const { id, type, input: details } = input.output.args.hookContext;
  const name = TYPE.exec(type)?.groups;
  if (name === undefined) return { kind: 'unreadable', why: `${JSON.stringify(type)} is no type of event` };
  const kind = name['kind'] ?? '';
  // `constructor` is a word like any other here, and no property of ours.
  const toSubject = Object.hasOwn(subjectMakers, kind) ? subjectMakers[kind] : undefined;
  // A new performer, tag, studio or group is on no scene yet; the scene's own update tells when it is.
  if (toSubject === undefined || (kind !== 'Scene' && name['what'] === 'Create')) {
    return { kind: 'triggers', subjects: [], batch: 1, isOfScan: false };
  }
  const sources = name['what'] === 'Merge' ? sourcesOf(details) : [];
  return {
    kind: 'triggers',
    subjects: [id, ...sources].map(toSubject),
    batch: batchOf(details),
    // People's edits say what they changed.
    isOfScan: kind === 'Scene' && details === null,
  };
}

/** Each event of a bulk edit names all of its ids, or holds all of its parts (stash reference §2.7). */
function batchOf(details: unknown): number {
  if (Array.isArray(details)) return Math.max(1, details.length);
  const bulk = v.safeParse(v.object({ ids: v.array(v.unknown()) }), details);
  return bulk.success ? Math.max(1, bulk.output.ids.length) : 1;
}

const InputSchema = v.object({
  args: v.object({
    hookContext: v.object({ id: stashId, type: v.string(), input: v.optional(v.unknown()) }),
  }),
});

/** `Tag.Merge.Post`. There are hooks after the fact only. */
const TYPE = /^(?<kind>[A-Za-z]+)\.(?<what>[A-Za-z]+)\.Post$/;

const ofEntity =
  (kind: EntityKind) =>
  (id: string): Subject => ({ kind, id: entityId(id) });

/** Every event of a group comes a second time as `Movie.*` (stash reference §2.6): one of them is enough. */
const subjectMakers: Readonly<Record<string, (id: string) => Subject>> = {
  Scene: (id) => sceneSubject(sceneId(id)),
  Performer: ofEntity('performer'),
  Studio: ofEntity('studio'),
  Tag: ofEntity('tag'),
  Group: ofEntity('group'),
};

/** What was merged away is gone from Stash, but its scenes are still remembered under it. */
function sourcesOf(details: unknown): readonly string[] {
  const merge = v.safeParse(v.object({ source: v.array(v.unknown()) }), details);
  if (!merge.success) return [];
  return merge.output.source.flatMap((source) => {
    const id = v.safeParse(stashId, source);
    return id.success ? [id.output] : [];
  });
}

function whyUnreadable(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  return bytes.every((byte) => byte === 0)
    ? 'it holds nothing but zeros'
    : 'it holds no complete event: args.hookContext with id and type';
}
