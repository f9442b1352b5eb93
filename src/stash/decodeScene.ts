import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import { entityId, sceneId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Scene, SceneFile } from '../core/scene.ts';
import { issueWords } from '../http/issueWords.ts';
import { stashId } from './stashId.ts';

/** A scene as Stash sent it; the failure says in words what does not fit. Unknown keys are ignored. */
export function decodeScene(value: unknown): Result<Scene, string> {
  const parsed = v.safeParse(SceneSchema, value);
  return parsed.success ? succeed(parsed.output) : fail(issueWords(parsed.issues));
}

/** What came is no scene as we know it; says so for this one alone. */
export const senseless = (what: string, why: string): Failure => ({
  class: 'rejected',
  peer: 'stash',
  message: `Stash sent ${what} in an unknown shape: ${why}.`,
});

const text = v.nullish(v.string(), '');

const namedEntity = v.pipe(
  v.object({ id: stashId, name: v.string() }),
  v.transform(({ id, name }) => ({ id: entityId(id), name })),
);

/** Stash's Int64 comes as a number or, from some versions, as a text. Nothing has no size worth comparing. */
const positiveNumber = v.nullish(
  v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.transform((number) => (Number.isFinite(number) && number > 0 ? number : null)),
  ),
  null,
);

const fileSchema = v.pipe(
  v.object({
    path: v.string(),
    basename: v.string(),
    size: positiveNumber,
    duration: positiveNumber,
    fingerprints: v.nullish(
      v.array(v.object({ type: v.string(), value: v.union([v.string(), v.number()]) })),
      [],
    ),
    zip_file_id: v.nullish(v.unknown()),
    zip_file: v.nullish(v.unknown()),
  }),
  v.transform(
    (file): SceneFile => ({
      path: file.path,
      basename: file.basename,
      size: file.size,
      durationMs: file.duration === null ? null : Math.round(file.duration * 1000),
      oshash: oshashOf(file.fingerprints ?? []),
      isInZip: (file.zip_file_id ?? file.zip_file ?? null) !== null,
    }),
  ),
);

function oshashOf(fingerprints: readonly { readonly type: string; readonly value: string | number }[]) {
  const oshash = fingerprints.find((fingerprint) => fingerprint.type === 'oshash');
  return oshash === undefined ? null : String(oshash.value);
}

const SceneSchema = v.pipe(
  v.object({
    id: stashId,
    title: text,
    details: text,
    date: text,
    updated_at: v.string(),
    studio: v.nullish(namedEntity),
    performers: v.array(namedEntity),
    tags: v.array(namedEntity),
    files: v.array(fileSchema),
  }),
  v.transform(
    (scene): Scene => ({
      id: sceneId(scene.id),
      title: scene.title,
      details: scene.details,
      date: scene.date === '' ? null : scene.date,
      studio: scene.studio ?? null,
      performers: scene.performers,
      tags: scene.tags,
      files: scene.files,
      updatedAt: scene.updated_at,
    }),
  ),
);
